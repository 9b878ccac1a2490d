import { describe, expect, it } from 'vitest';
import { lineMarkup, linePrefix } from './line-markup';

function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, '');
}

describe('lineMarkup', () => {
  it('numbers lines across all blocks', () => {
    const html = lineMarkup({ blocks: ['a\nb', 'c'] }, { prefix: '', endsInBreak: true });
    expect(html).toBe(
      '<div class="code-block"><span id="L1" data-n="1">a\n</span><span id="L2" data-n="2">b\n</span></div>' +
        '<div class="code-block"><span id="L3" data-n="3">c\n</span></div>',
    );
  });

  it('is the text when tags are removed, with or without a final line break', () => {
    expect(textOf(lineMarkup({ blocks: ['a\n', 'b'] }, { prefix: '', endsInBreak: true }))).toBe('a\n\nb\n');
    expect(textOf(lineMarkup({ blocks: ['a\n', 'b'] }, { prefix: '', endsInBreak: false }))).toBe('a\n\nb');
  });

  it('gives a limited number of lines an element each, and keeps the rest', () => {
    const blocks = Array.from({ length: 5 }, (_, index) => `<span class="t-k">${index}</span>\nx`);
    const html = lineMarkup({ blocks }, { prefix: '', endsInBreak: true, maxLines: 4 });
    expect(html.match(/<span id=/g)).toHaveLength(4);
    expect(html).toContain('data-n="5+"');
    expect(textOf(html)).toBe('0\nx\n1\nx\n2\nx\n3\nx\n4\nx\n');
  });

  it('omits the colours of a very long line', () => {
    const line = '<span class="t-k">a</span>&lt;b&gt;'.repeat(5_000);
    const html = lineMarkup({ blocks: [line] }, { prefix: '', endsInBreak: false });
    expect(html).not.toContain('t-k');
    expect(html).toContain('a&lt;b&gt;a&lt;b&gt;');
  });

  it('marks added and removed lines of a diff', () => {
    const block = '<span class="t-d">--- a</span>\n@@ -1 +1 @@\n<span class="t-d">-x</span>\n+<b\n same';
    const html = lineMarkup({ blocks: [block] }, { prefix: '', endsInBreak: true, isDiff: true });
    expect(html.match(/data-n="\d"( data-change="\w+")?/g)).toEqual([
      'data-n="1" data-change="head"',
      'data-n="2" data-change="head"',
      'data-n="3" data-change="removed"',
      'data-n="4" data-change="added"',
      'data-n="5"',
    ]);
  });
});

it('prefixes the ids of lines with the number of the file, except for the first', () => {
  expect([linePrefix(1), linePrefix(2)]).toEqual(['', 'f2-']);
});
