import { describe, expect, it, vi } from 'vitest';
import { ENDLESS_MARKDOWN } from '@/test/endless-markdown';
import { expectSafeHtml } from '@/test/expect-safe-html';
import { MARKDOWN_LABELS as labels } from '@/test/markdown-labels';
import { seededRandom } from '@/test/seeded-random';
import { HOSTILE_MARKDOWN } from '../../../e2e/support/hostile-markdown';
import { renderMarkdown } from './markdown';

function render(text: string): Promise<string | null> {
  return renderMarkdown({ text, idPrefix: 'x-', labels });
}

describe('hostile Markdown', () => {
  it.each(HOSTILE_MARKDOWN)('comes to nothing: %j', async (text) => {
    const html = await render(text);
    if (html !== null) expectSafeHtml(html);
  });

  it('has no effect all at once', async () => {
    const html = await render(HOSTILE_MARKDOWN.slice(0, -8).join('\n\n'));
    expectSafeHtml(html ?? expect.fail('nothing was rendered'));
  });

  it.each(Object.entries(ENDLESS_MARKDOWN))('comes to an end: %s', async (_, text) => {
    const html = await render(text());
    if (html === null) return;
    expect(html.length).toBeLessThan(2.1 * 1024 * 1024);
    expectSafeHtml(html);
  });

  it('looks for the ends of comments once', async () => {
    const { indexOf } = String.prototype;
    let looked = 0;
    const spy = vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (this: string, part, from) {
      const at = indexOf.call(this, part, from);
      if (part === '-->') looked += (at < 0 ? this.length : at) - (from ?? 0);
      return at;
    });
    const text = '<!-- ![<!--](b)'.repeat(1_000);
    await renderMarkdown({ text, idPrefix: 'x-', labels, budgetMs: 20_000 });
    spy.mockRestore();
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThan(4 * text.length);
  });

  it('has no effect in any order', async () => {
    const bits = [
      ...HOSTILE_MARKDOWN.filter((text) => text.length < 60),
      ...[
        '<',
        '>',
        '"',
        "'",
        '&',
        '`',
        '[',
        ']',
        '(',
        ')',
        '!',
        '*',
        '_',
        '~',
        '|',
        '\\',
        '#',
        ':',
        '\n',
        ' ',
      ],
      ...[
        '\n\n',
        '\n- ',
        '\n> ',
        '\n    ',
        '```',
        '|-|-|\n',
        'javascript:',
        'https://a.example/',
        'onerror=',
      ],
    ];
    const random = seededRandom(20_260_201);
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: 1 + random(30) }, () => bits[random(bits.length)]).join('');
      const html = await render(text);
      if (html !== null) expectSafeHtml(html);
    }
  });

  it('lets other work in between', async () => {
    let rounds = 0;
    let isRunning = true;
    const count = () => {
      rounds++;
      if (isRunning) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(
      Array.from({ length: 4 }, () => render('*a [b](https://c.example) `d`*\n\n'.repeat(4_000))),
    );
    isRunning = false;
    expect(rounds).toBeGreaterThan(8);
  });
});
