import 'server-only';
import { type Env, env } from '../core/env';
import { hostnameOf } from '../core/loopback';
import { perProcess } from '../core/per-process';
import { traced } from '../core/tracing';
import { createLocalMailer } from './local';
import type { Mailer } from './mailer';
import { createResendMailer } from './resend';
import { createSmtpMailer } from './smtp';

const PING_KEPT_MS = 10_000;

const chosen = perProcess('mailer', () => rememberPing(openMailer(env())));

/** The mailer: Resend where a key is configured, else SMTP, else the folder `MAIL_DIR`. */
export function mailer(): Mailer {
  return chosen.get();
}

export function isMailerLocal(): boolean {
  const { RESEND_API_KEY, SMTP_URL } = env();
  return RESEND_API_KEY === undefined && SMTP_URL === undefined;
}

/** The mailer that the configuration names. */
export function openMailer(variables: Env): Mailer {
  const { RESEND_API_KEY: apiKey, SMTP_URL: url, MAIL_DIR, APP_URL } = variables;
  if (apiKey !== undefined) return createResendMailer({ apiKey });
  if (url !== undefined) return createSmtpMailer({ url, domain: hostnameOf(APP_URL) });
  return createLocalMailer(MAIL_DIR);
}

/** Readiness is public, so asking must not use up the provider's rate limit. */
function rememberPing(inner: Mailer): Mailer {
  let answer: Promise<void> | undefined;
  let askedAt = 0;
  return {
    send: (mail) => traced('mail send', () => inner.send(mail), { kind: 'CLIENT' }),
    ping() {
      if (answer === undefined || performance.now() - askedAt > PING_KEPT_MS) {
        askedAt = performance.now();
        answer = inner.ping();
      }
      return answer;
    },
  };
}
