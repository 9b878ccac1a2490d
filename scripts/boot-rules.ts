export interface BootSettings {
  host: string;
  appUrl: string;
  /** What the environment sets; secrets that were generated do not count. */
  variables: Record<string, string | undefined>;
}

/**
 * What forbids a start. On loopback everything has a default. Reachable from elsewhere, secrets must be
 * chosen and kept by somebody, and the embedded database must be a decision.
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
  if (!variables.DATABASE_URL && variables.ALLOW_EMBEDDED !== '1') {
    faults.push(
      `DATABASE_URL must be set, because ${exposed} is public (or ALLOW_EMBEDDED=1 to keep the embedded database).`,
    );
  }
  return faults;
}

export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d+){3}$/.test(name)
  );
}

function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}
