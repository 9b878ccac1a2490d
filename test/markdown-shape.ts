import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const BLOCK = /\s*(<\/?(?:p|ul|ol|li|blockquote|h\d|hr|pre|div|table|thead|tbody|tr|th|td)\b[^>]*>)\s*/g;
/** Without their tags: what Sheaf adds around text. */
const UNWRAPPED = new Set(['span', 'div']);

interface Side {
  /** What ids in the text begin with. */
  readonly idPrefix: string;
  /** Added to the level of headings. */
  readonly demote: number;
}

/** The HTML of a specification as Sheaf would write it, without what only looks different. */
export function shapeOfExpected(html: string, idPrefix: string): string {
  return shape(html, { idPrefix, demote: 1 });
}

/** The HTML that Sheaf wrote, without what only looks different. */
export function shapeOfRendered(html: string): string {
  return shape(html, { idPrefix: '', demote: 0 });
}

function shape(html: string, side: Side): string {
  return parseFragment(html)
    .childNodes.map((node) => written(node, side))
    .join('')
    .replace(BLOCK, '$1')
    .replace(/[ \t]*\n[ \t]*(?=<br>)|(?<=<br>)\s+/g, '')
    .trim();
}

function written(node: Node, side: Side): string {
  if (node.nodeName === '#text' && 'value' in node) return escaped(node.value);
  if (!('tagName' in node)) return '';
  const of = (name: string) => node.attrs.find((attribute) => attribute.name === name)?.value;
  const inner = node.childNodes.map((child) => written(child, side)).join('');
  const { tagName } = node;
  if (of('class') === 'md-anchor') return '';
  if (tagName === 'img') return imageOf(target(of('src') ?? '', side), escaped(of('alt') || 'image'));
  if (of('class') === 'md-image') return imageOf(of('href') ?? '', inner);
  if (UNWRAPPED.has(tagName)) return inner;
  if (tagName === 'pre') return `<pre>${inner.replace(/\n<\/code>$/, '</code>')}</pre>`;
  return element(node, { inner, side });
}

function element({ tagName, attrs }: Element, { inner, side }: { inner: string; side: Side }): string {
  const of = (name: string) => attrs.find((attribute) => attribute.name === name)?.value;
  const name = /^h[1-6]$/.test(tagName)
    ? `h${Math.min(6, Number(tagName[1]) + side.demote)}`
    : tagName.replace(/^del$/, 's');
  const kept = [
    tagName === 'a' ? ` href=${target(of('href') ?? '', side)}` : '',
    tagName === 'input' && of('checked') !== undefined ? ' checked' : '',
    of('start') === undefined ? '' : ` start=${of('start')}`,
    alignment(of('align') ?? of('class')),
  ];
  return ['br', 'hr', 'input'].includes(tagName)
    ? `<${name}${kept.join('')}>`
    : `<${name}${kept.join('')}>${inner}</${name}>`;
}

function alignment(value = ''): string {
  const found = /^(?:md-)?(left|center|right)$/.exec(value);
  return found ? ` ${found[1]}` : '';
}

function imageOf(href: string, label: string): string {
  return `<image ${href}>${label}</image>`;
}

/** Links within the paste are fragments on the page. */
function target(href: string, { idPrefix }: Side): string {
  if (idPrefix === '') return href;
  if (/^(?:https?|mailto):/i.test(href)) return URL.canParse(href) ? new URL(href).href : href;
  return href.startsWith('#')
    ? `#${encodeURIComponent(idPrefix + decodeURIComponent(href.slice(1)))}`
    : `#${encodeURIComponent(decodeURIComponent(href.replace(/^\.\//, '')))}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
