import { describe, expect, it } from 'vitest';
import { highlight } from './highlight';
import { languages } from './languages';

const SIZE = 50_000;

const representative = [
  'angular',
  'erlang',
  'html',
  'javascript',
  'latex',
  'markdown',
  'php',
  'puppet',
  'python',
  'shell',
  'sparql',
  'textile',
  'vue',
  'xml',
  'yaml',
];

const units: readonly string[] = [
  '*',
  '<',
  '(',
  '-',
  '- ',
  '{',
  '__',
  'a.b',
  '*_',
  '> ',
  '<a ',
  '<a>\n',
  '/*',
  '"',
  '$'.concat('{'),
  '<script>',
  '\r',
];

function textOf(html: string): string {
  return html
    .replace(/<span class="t-.">|<\/span>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

async function expectText(text: string, language: string): Promise<void> {
  const result = await highlight({ text, language, budgetMs: 10 });
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const found = textOf(result.blocks.join('\n'));
  if (found !== lines)
    expect.fail(`${language} changes a text that begins with ${JSON.stringify(text.slice(0, 20))}`);
}

describe('hostile texts', () => {
  it.each(representative)('come back whole as %s', async (language) => {
    for (const unit of units) await expectText(unit.repeat(SIZE / unit.length), language);
  });

  it('come back whole in every language', async () => {
    const text = [
      'constructor __proto__ toString hasOwnProperty',
      '<script>'.repeat(200),
      '((((((((({{{{{{{{{[[[[[[[[[',
      '"\'`/*<!--',
      `\u0000\uFFFD\uD800 ${'😀'.repeat(300)}`,
      ' '.repeat(3_000),
    ].join('\n');
    for (const { id } of languages) await expectText(text, id);
  });

  it('end in plain text where a parser cannot be trusted with the rest', async () => {
    const deep = await highlight({ text: `let a = 1;${'-'.repeat(SIZE)}1`, language: 'javascript' });
    expect(deep.complete).toBe(false);
    expect(deep.blocks[0]).toContain('<span class="t-k">let</span>');

    const page = await highlight({ text: '<b>a</b>{{ b }}\n'.repeat(3_000), language: 'vue' });
    expect(page.complete).toBe(false);
    expect(page.blocks[0]).toContain('<span class="t-t">b</span>');
    expect(page.blocks.at(-1)).not.toContain('<span');

    const textile = await highlight({ text: `${'<b>a'.repeat(100)}\n*b*`, language: 'textile' });
    expect(textile.blocks[0]).not.toContain('<span');
  });

  it('keep their colours past very long lines', async () => {
    const long = `echo "${'a b '.repeat(1_000)}" # c\nif true; then`;
    const { blocks } = await highlight({ text: long, language: 'shell' });
    expect(blocks[0]).toContain('<span class="t-c"># c</span>\n<span class="t-k">if</span>');
  });

  it('let other work in between', async () => {
    let rounds = 0;
    let isRunning = true;
    const count = () => {
      rounds++;
      if (isRunning) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(
      ['javascript', 'xml', 'python', 'markdown'].map((language) =>
        highlight({ text: '<*('.repeat(SIZE), language }),
      ),
    );
    isRunning = false;
    expect(rounds).toBeGreaterThan(20);
  });
});
