import { describe, expect, it } from 'vitest';
import { lineMarkup } from './line-markup';
import { linesFrom, renderFirstLines, renderLines } from './render-lines';

const PLACE = { number: 2, maxLines: 100_000 };

describe('the first lines of a long text', () => {
  it.each([
    ['typescript', 'const a = `x`; /* one\n two */ return <b>;\n'.repeat(500)],
    ['text', 'one\rtwo\r\nthree\n'.repeat(400)],
    ['diff', '--- a\n+++ b\n@@ -1 +1 @@\n-one\n+two\n three\n'.repeat(200)],
    ['markdown', '# One\n\n```js\nconst a = 1;\n```\n\n* a\n'.repeat(200)],
    ['html', '<p class="a">x</p>\n<script>\nlet a = 1;\n</script>\n'.repeat(200)],
    ['python', `a = """\n${'still a text\n'.repeat(1_000)}"""`],
  ])('and the rest are the whole: %s', async (language, text) => {
    const first = await renderFirstLines(text, { ...PLACE, language });
    const { lines } = await renderLines(text, { ...PLACE, language, budgetMs: 10_000 });
    if (first === null) throw new Error('The text is too short.');
    expect(first.next).toBe(201);
    const rest = linesFrom(lines, { file: PLACE.number, line: first.next });
    expect(Buffer.from(rest).toString()).toMatch(/^<div class="code-block"><span id="f2-L201" data-n="201"/);
    expect(Buffer.concat([first.lines, rest]).toString()).toBe(Buffer.from(lines).toString());
  });

  it.each([
    ['few lines', 'a\n'.repeat(250), PLACE],
    ['lines that end in carriage returns', 'a\r'.repeat(10_000), PLACE],
    ['long lines', `${'a'.repeat(300)}\n`.repeat(1_000), PLACE],
    ['few lines with a number', 'a\n'.repeat(10_000), { ...PLACE, maxLines: 200 }],
  ])('are not rendered apart for %s', async (_, text, place) => {
    expect(await renderFirstLines(text, { ...place, language: 'text' })).toBeNull();
  });

  it('begin as the markup of lines does', () => {
    const html = lineMarkup({ blocks: ['a', 'b'] }, { prefix: '', endsInBreak: true });
    expect(Buffer.from(linesFrom(Buffer.from(html), { file: 1, line: 2 })).toString()).toBe(
      '<div class="code-block"><span id="L2" data-n="2">b\n</span></div>',
    );
  });
});
