import { parseFlag } from '../lib/core/env-values';
import { hostnameOf, isLoopback } from '../lib/core/loopback';

export interface BootSettings {
  host: string;
  appUrl: string;
  /** The variables that are set in the environment; generated secrets do not count. */
  variables: Record<string, string | undefined>;
}

/**
 * The reasons not to start. On loopback, everything has a default; only the database of `DIRECT_URL` would not be used.
 * On a public address, secrets must be set by the operator, the embedded database must be chosen explicitly, and a mail
 * provider is required.
 */
export function findBootFaults({ host, appUrl, variables }: BootSettings): string[] {
  const exposed = [
    ...(isLoopback(host) ? [] : [`HOST=${host}`]),
    ...(isLoopback(hostnameOf(appUrl)) ? [] : [`APP_URL=${appUrl}`]),
  ].join(', ');
  const faults: string[] = [];
  const isDatabaseForgotten = !variables.DATABASE_URL && Boolean(variables.DIRECT_URL);
  if (isDatabaseForgotten) {
    faults.push(
      'DATABASE_URL must be set together with DIRECT_URL, which is for migrations of the same database.',
    );
  }
  if (exposed === '') return faults;
  for (const name of ['AUTH_SECRET', 'CRON_SECRET']) {
    if (!variables[name]) faults.push(`${name} must be set, because ${exposed} is public.`);
  }
  if (!variables.DATABASE_URL && !isDatabaseForgotten && !parseFlag(variables.ALLOW_EMBEDDED ?? '')) {
    faults.push(
      `DATABASE_URL must be set, because ${exposed} is public (or ALLOW_EMBEDDED=true to keep the embedded database).`,
    );
  }
  if (!variables.RESEND_API_KEY && !variables.SMTP_URL) {
    faults.push(`RESEND_API_KEY or SMTP_URL must be set, because ${exposed} is public and has to send mail.`);
  }
  if (!variables.MAIL_FROM) {
    faults.push(`MAIL_FROM must be set, because ${exposed} is public: it is whom mail comes from.`);
  }
  return faults;
}
