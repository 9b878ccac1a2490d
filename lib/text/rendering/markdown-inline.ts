import type { Token } from 'markdown-it';
import type { HtmlWriter } from './html-writer';
import { linkTarget, type SiblingId } from './link-target';
import type { Notes } from './markdown-notes';

const REL = 'nofollow noopener noreferrer ugc';

interface InlineOptions {
  readonly idPrefix: string;
  /** What stands for an image that has no text of its own. */
  readonly imageLabel: string;
  readonly siblingId?: SiblingId | undefined;
  readonly notes: Notes;
}

const elements: ReadonlyMap<string, string> = new Map([
  ['em', 'em'],
  ['strong', 'strong'],
  ['s', 's'],
]);

/** Writes the inside of a block; images become links, so that nothing is asked of other sites. */
export function writeInline(out: HtmlWriter, tokens: readonly Token[], options: InlineOptions): void {
  const links: boolean[] = [];
  for (const token of tokens) {
    switch (token.type) {
      case 'softbreak':
        out.text('\n');
        break;
      case 'hardbreak':
        out.void('br');
        break;
      case 'code_inline':
        out.open('code', { dir: 'auto' });
        out.text(token.content);
        out.close();
        break;
      case 'image':
        writeImage(out, token, { ...options, isInLink: links.includes(true) });
        break;
      case 'link_open':
        links.push(!links.includes(true) && openLink(out, String(token.attrGet('href')), options));
        break;
      case 'footnote_ref':
        writeReference(out, token, { notes: options.notes, isInLink: links.includes(true) });
        break;
      case 'link_close':
        if (links.pop()) out.close();
        break;
      default:
        writeOther(out, token);
    }
  }
}

function writeOther(out: HtmlWriter, { tag, nesting, content }: Token): void {
  const element = elements.get(tag);
  if (!element) out.text(content);
  else if (nesting > 0) out.open(element);
  else out.close();
}

function writeReference(
  out: HtmlWriter,
  token: Token,
  { notes, isInLink }: { notes: Notes; isInLink: boolean },
): void {
  const found = notes.refer(token);
  if (!found) return;
  const { note, id } = found;
  out.open('sup', { id });
  if (!isInLink) out.open('a', { href: `#${encodeURIComponent(notes.idOf(note))}`, role: 'doc-noteref' });
  out.text(String(note.number));
  if (!isInLink) out.close();
  out.close();
}

interface LinkOptions {
  readonly idPrefix: string;
  readonly siblingId?: SiblingId | undefined;
  readonly className?: string;
}

function openLink(out: HtmlWriter, href: string, { className, ...options }: LinkOptions): boolean {
  const target = linkTarget(href, options);
  if (!target) return false;
  out.open('a', {
    href: target.href,
    rel: target.isInside ? undefined : REL,
    class: className,
    dir: 'auto',
  });
  return true;
}

function writeImage(
  out: HtmlWriter,
  token: Token,
  { imageLabel, isInLink, ...options }: InlineOptions & { isInLink: boolean },
): void {
  const label = plainText(token.children ?? []).trim() || imageLabel;
  const isLink =
    !isInLink && openLink(out, String(token.attrGet('src')), { ...options, className: 'md-image' });
  if (!isLink) out.open('span', { class: 'md-image', dir: 'auto' });
  out.text(label);
  out.close();
}

/** The words of a block without their markup. */
export function plainText(tokens: readonly Token[]): string {
  let text = '';
  for (const { type, content, children } of tokens) {
    if (type === 'image') text += plainText(children ?? []);
    else if (type === 'softbreak' || type === 'hardbreak') text += ' ';
    else text += content;
  }
  return text;
}
