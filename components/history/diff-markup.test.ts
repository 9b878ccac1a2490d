import { describe, expect, it } from 'vitest';
import { type DiffResult, diffLines } from '@/lib/text/rendering/diff';
import { diffMarkup } from './diff-markup';

const placeLabel = (line: number) => `at ${line} <b>`;

function difference(before: string, after: string): DiffResult {
  const result = diffLines({ before, after });
  if (!result) throw new Error('too different');
  return result;
}

describe('diffMarkup', () => {
  it('escapes the text, and marks what differs within a line', () => {
    const html = diffMarkup(difference('let a = <1>;\n', 'let a = <2>;\n'), { isSplit: false, placeLabel });
    expect(html).toContain(
      '<del class="diff-line" data-n="1" dir="auto">let a = &lt;<mark>1</mark>&gt;;\n</del>',
    );
    expect(html).toContain(
      '<ins class="diff-line" data-n="1" dir="auto">let a = &lt;<mark>2</mark>&gt;;\n</ins>',
    );
    expect(html).toContain('at 1 &lt;b&gt;');
  });

  it('puts removed lines beside their replacements', () => {
    const html = diffMarkup(difference('a\nb\nx\n', 'a\nc\nd\nx\n'), { isSplit: true, placeLabel });
    expect(html.match(/<div class="diff-pair">/g)).toHaveLength(4);
    expect(html).toContain('<span class="diff-none"></span><ins class="diff-line" data-n="3"');
  });
});
