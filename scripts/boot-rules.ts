import { parseFlag } from '../lib/core/env-values';
import { hostnameOf, isLoopback } from '../lib/core/loopback';

export interface BootSettings {
  host: string;
  appUrl: string;
  /** What the environment sets; secrets that were generated do not count. */
  variables: Record<string, string | undefined>;
}

/**
 * What forbids a start. On loopback everything has a default. Reachable from elsewhere, secrets must be
 * chosen and kept by somebody, the embedded database must be a decision, and mail must reach people.
 */
export function findBootFaults({ host, appUrl, variables }: BootSettings): string[] {
  const exposed = [
    ...(isLoopback(host) ? [] : [`HOST=${host}`]),
    ...(isLoopback(hostnameOf(appUrl)) ? [] : [`APP_URL=${appUrl}`]),
  ].join(', ');
  if (exposed === '') return [];
  const faults: string[] = [];
  for (const name of ['AUTH_SECRET', 'CRON_SECRET']) {
    if (!variables[name]) faults.push(`${name} must be set, because ${exposed} is public.`);
  }
  if (!variables.DATABASE_URL && !parseFlag(variables.ALLOW_EMBEDDED ?? '')) {
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
