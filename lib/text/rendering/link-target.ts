const LINK_MAX = 2_048;
const absolute = /^(?:https?:\/\/[^\s/\\]|mailto:[^\s@]+@)[\x21-\x5b\x5d-\x7e]*$/i;
const protocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/**
 * Where a link in a text may lead: to the web, to a mailbox or within the text, whose ids begin with
 * `idPrefix`. Null for anything else, relative links among them: the text has no place they are relative to.
 */
export function linkTarget(href: string, idPrefix: string): { href: string; isInside: boolean } | null {
  if (href.length > LINK_MAX) return null;
  if (href.startsWith('#')) {
    const fragment = decodeFragment(href.slice(1));
    return fragment ? { href: `#${encodeURIComponent(idPrefix + fragment)}`, isInside: true } : null;
  }
  if (!absolute.test(href) || !URL.canParse(href)) return null;
  const url = new URL(href);
  // A name before the host is there to look like one.
  if (!protocols.has(url.protocol) || url.username || url.password) return null;
  return { href: url.href, isInside: false };
}

function decodeFragment(fragment: string): string | null {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return null;
  }
}
