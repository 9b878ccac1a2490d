import { describe, expect, it } from 'vitest';
import { highlight } from './highlight';
import { languages } from './languages';

const SIZE = 50_000;

const representative = [
  'angular',
  'cpp',
  'css',
  'erlang',
  'haskell',
  'html',
  'javascript',
  'json',
  'latex',
  'markdown',
  'mathematica',
  'mysql',
  'perl',
  'php',
  'puppet',
  'python',
  'ruby',
  'rust',
  'shell',
  'sparql',
  'textile',
  'tiddlywiki',
  'typescript',
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
  ':',
  '\\',
  '`',
  '{',
  '__',
  'a.b',
  '*_',
  '[[',
  '](',
  '> ',
  '<a ',
  '<a>\n',
  '/*',
  '"',
  '$'.concat('{'),
  '<script>',
  'do ',
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
