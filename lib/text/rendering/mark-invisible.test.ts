import { expect, it } from 'vitest';
import { markInvisible } from './mark-invisible';

const mark = (label: string, text: string) =>
  `<span class="invisible-mark" data-code="${label}">${text}</span>`;
const textOf = (html: string) => html.replace(/<[^>]*>/g, '');

it('marks what is reported, and leaves the text as it is', () => {
  const html = '<b class="t-c">/*\u202e } \u2066if\u2069</b> pass\u200b\u200bword';
  const marked = markInvisible(html);
  expect(marked).toBe(
    `<b class="t-c">/*${mark('U+202E', '\u202e')} } ${mark('U+2066', '\u2066')}if${mark('U+2069', '\u2069')}</b>` +
      ` pass${mark('U+200B ×2', '\u200b\u200b')}word`,
  );
  expect(textOf(marked)).toBe(textOf(html));
});

it.each([
  ['emoji and Persian', '<p>👩‍💻 می\u200cخواهم</p>'],
  ['a byte-order mark at the start of the text', '<div><span data-n="1">\ufefftext</span></div>'],
  ['attributes', '<a title="a\u202eb" href="#">x</a>'],
  ['ASCII', '<b>x</b>'],
])('leaves %s alone', (_what, html) => {
  expect(markInvisible(html)).toBe(html);
});

it('marks text after an attribute with such characters', () => {
  expect(markInvisible('<a title="\u202e">\u202e</a>')).toBe(
    `<a title="\u202e">${mark('U+202E', '\u202e')}</a>`,
  );
});

it('stops at some thousand marks, with the text complete', () => {
  const html = 'x\u200b'.repeat(100_000);
  const marked = markInvisible(html);
  expect(marked.match(/<span/g)).toHaveLength(5_000);
  expect(textOf(marked)).toBe(html);
});
