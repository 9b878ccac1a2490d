import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { expect } from 'vitest';
import { tokenClasses } from '@/lib/text/highlight/token-classes';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const elements = new Set(
  (
    'a blockquote br code del details div em h2 h3 h4 h5 h6 hr input li ol p pre s span strong summary ' +
    'sup table tbody td th thead tr ul'
  ).split(' '),
);
const classes = new Set<string>([
  ...Object.values(tokenClasses),
  ...'md-table md-left md-center md-right md-image md-task'.split(' '),
  ...'md-alert md-alert-title md-anchor md-fold md-notes'.split(' '),
  ...'tree tree-index tree-count tree-more csv-table csv-row csv-number csv-long'.split(' '),
]);
const attributes: Readonly<Record<string, RegExp>> = {
  dir: /^(?:auto|ltr)$/,
  class: /^[\w-]+$/,
  id: /^x-/,
  href: /^(?:https?:\/\/|mailto:|#x-|#file-\d$)[\x21-\x7e]*$/,
  rel: /^nofollow noopener noreferrer ugc$/,
  role: /^(?:region|doc-noteref|doc-backlink)$/,
  'data-alert': /^(?:note|tip|important|warning|caution)$/,
  tabindex: /^0$/,
  translate: /^no$/,
  scope: /^(?:col|row)$/,
  start: /^\d+$/,
  type: /^checkbox$/,
  disabled: /^$/,
  checked: /^$/,
  open: /^$/,
  'aria-label': /^(?:table \d+|done|open|section|footnotes|back(?: \d+)?|rows & "columns")$/,
};
/** Characters that are invalid in HTML but have no effect. */
const harmless = new Set(['control-character-in-input-stream', 'noncharacter-in-input-stream']);

/**
 * Fails on anything but well-formed markup of known elements, attributes, classes and link targets.
 * @returns all of its text
 */
export function expectSafeHtml(html: string): string {
  const faults: string[] = [];
  const fragment = parseFragment(html, {
    onParseError: ({ code }) => {
      if (!harmless.has(code)) faults.push(code);
    },
  });
  let text = '';
  const waiting: Node[] = [...fragment.childNodes].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.nodeName === '#text' && 'value' in node) text += node.value;
    else if ('tagName' in node) {
      checkElement(node, faults);
      waiting.push(...[...node.childNodes].reverse());
    } else faults.push(node.nodeName);
  }
  // The parser would quietly end the outer one.
  if (/<a (?:(?!<\/a>).)*<a /s.test(html)) faults.push('a link within a link');
  expect(faults).toEqual([]);
  return text;
}

function checkElement({ tagName, attrs }: Element, faults: string[]): void {
  if (!elements.has(tagName)) faults.push(tagName);
  for (const { name, value } of attrs) {
    const isKnown = attributes[name]?.test(value) && (name !== 'class' || classes.has(value));
    if (!isKnown) faults.push(`${tagName} ${name}=${value}`);
  }
  const valueFor = (name: string) => attrs.find((attribute) => attribute.name === name)?.value;
  if (tagName === 'a') {
    const href = valueFor('href');
    if (!href) faults.push('a link without a target');
    if (!href?.startsWith('#') && !valueFor('rel')) faults.push('a link without rel');
  }
  if (tagName === 'input' && (valueFor('disabled') === undefined || !valueFor('aria-label'))) {
    faults.push('an input to use');
  }
}
