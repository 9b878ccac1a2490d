const LINK_MAX = 2_048;
const absolute = /^(?:https?:\/\/[^\s/\\]|mailto:[^\s@]+@)[\x21-\x5b\x5d-\x7e]*$/i;
const protocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** The id on the page of a file of the same paste, or of what the fragment names in it. Null if there is none. */
export type SiblingId = (name: string, fragment: string) => string | null;

interface LinkOptions {
  /** What the ids of the text begin with. */
  readonly idPrefix: string;
  readonly siblingId?: SiblingId | undefined;
}

/**
 * Where a link in a text may lead: to the web, to a mailbox, within the text or to another file of the paste. Null
 * for anything else.
 */
export function linkTarget(
  href: string,
  { idPrefix, siblingId }: LinkOptions,
): { href: string; isInside: boolean } | null {
  if (href.length > LINK_MAX) return null;
  const [, path = '', hash = ''] = /^(?:\.\/)?([^#]*)(?:#(.*))?$/s.exec(href) ?? [];
  if (href.startsWith('#')) {
    const fragment = decode(hash);
    return fragment ? inside(idPrefix + fragment) : null;
  }
  const [name, fragment] = [decode(path), decode(hash)];
  const id = name && fragment !== null ? siblingId?.(name, fragment) : null;
  if (id) return inside(id);
  if (!absolute.test(href) || !URL.canParse(href)) return null;
  const url = new URL(href);
  // A name before the host is there to look like one.
  if (!protocols.has(url.protocol) || url.username || url.password) return null;
  return { href: url.href, isInside: false };
}

function inside(id: string) {
  return { href: `#${encodeURIComponent(id)}`, isInside: true };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
