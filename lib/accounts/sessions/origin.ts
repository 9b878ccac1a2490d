import Bowser from 'bowser';

const MAX_USER_AGENT = 300;

/** The user agent for storage: printable characters, of limited length. */
export function keptUserAgent(userAgent: string): string {
  return userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, MAX_USER_AGENT);
}

/** `Firefox · Linux`, or the client's own name. */
export function describeDevice(userAgent: string): string {
  if (userAgent === '') return '';
  const { browser, os } = Bowser.parse(userAgent);
  if (!browser.name || !os.name) return userAgent.split(/[\s/]/)[0] ?? '';
  return `${browser.name} · ${os.name}`;
}
