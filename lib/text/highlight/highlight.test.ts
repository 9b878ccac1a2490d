import { describe, expect, it } from 'vitest';
import { type HighlightedText, highlight } from './highlight';
import { countLines } from './lines';
import { LINES_PER_BLOCK } from './markup';
import { tokenClasses } from './token-classes';

const samples: Readonly<Record<string, string>> = {
  typescript: `export const a: number = 1; // <b> & "c"\nclass A<T> extends B {\n  #x = \`y \${a}\n  z\`;\n}\n`,
  javascript: '/* one\n   two */\nfunction f(x) { return x <= 1 && !null; }',
  python: '@dec\ndef f(x: int) -> str:\n    """doc\n\n    more"""\n    return f"{x!r}"\n',
  rust: 'fn main() {\n    println!("{}", vec![1u8]);\n}\n',
  go: 'package main\n\nfunc main() { x := map[string]int{"a": 1} }\n',
  cpp: '#include <vector>\ntemplate <typename T> class A : public B {};\n',
  csharp: 'using System;\npublic class A { string b = $"x{1}"; }\n',
  html: '<!doctype html>\n<p class="a">&amp;</p>\n<script>const a = 1;</script>\n<style>a { color: red }</style>',
  css: '@media print { .a > b:hover { color: #fff; margin: 1px 2em } }\n',
  json: '{"a": [1, true, null], "b": {"c": "d"}}',
  yaml: 'a: 1 # b\nlist:\n  - "x"\ntext: |\n  y\n',
  markdown:
    '# A *b*\n\n> **c** [d](http://e)\n\n```ts\nconst x = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
  shell: '#!/bin/sh\nfor i in "$@"; do\n  echo "x $i" # c\ndone\n',
  sql: "select a, count(*) from t where b <> 'x' -- c\n",
  diff: '--- a\n+++ b\n@@ -1 +1 @@\n-old <b>\n+new & c\n same\n',
  php: '<div><?php echo "a $b"; ?></div>\n<?php function f(int $x) {} ?>\n',
  vue: '<template><a :b="c + 1">{{ d }}</a></template>\n<script lang="ts">const x: number = 1</script>',
  xml: '<?xml version="1.0"?>\n<a b="c"><!-- d\ne --><![CDATA[<f>]]></a>',
  ruby: 'class A < B\n  def foo(x) = puts %w[a b]\n  # c\nend\n',
};

function linesOf(result: HighlightedText): string[] {
  return result.blocks.flatMap((block) => block.split('\n'));
}

function plainLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function tokensOf(result: HighlightedText): string[] {
  return linesOf(result).flatMap((line) =>
    [...line.matchAll(/<span class="([^"]*)">(.*?)<\/span>/g)].map(
      ([, name, html = '']) => `${name} ${textOf(html)}`,
    ),
  );
}

const classes = Object.values(tokenClasses).join('|');
const safeLine = new RegExp(
  `^(?:[^<>&]|&(?:amp|lt|gt);|<span class="(?:${classes})">(?:[^<>&]|&(?:amp|lt|gt);)+</span>)*$`,
);

function expectFaithful(result: HighlightedText, text: string): void {
  const lines = linesOf(result);
  for (const line of lines) if (!safeLine.test(line)) expect(line).toMatch(safeLine);
  expect(lines.map(textOf)).toEqual(plainLines(text));
  expect(result.lineCount).toBe(lines.length);
  expect(countLines(text)).toBe(lines.length);
}

describe('highlight', () => {
  it.each(Object.entries(samples))(
    'gives back the text of %s, line by line, in colour',
    async (language, text) => {
      const result = await highlight({ text, language });
      expectFaithful(result, text);
      expect(result.complete).toBe(true);
      expect(tokensOf(result).length).toBeGreaterThan(2);
    },
  );

  it.each([
    ['typescript', ['t-k export const', 't-t number', 't-n 1', 't-c // <b> & "c"', 't-k class', 't-t A']],
    ['python', ['t-m @', 't-k def', 't-f f', 't-s """doc', 't-s     more"""', 't-k return']],
    ['rust', ['t-k fn', 't-f main', 't-f println!', 't-s "{}"', 't-n 1u8']],
    ['html', ['t-t p', 't-p class', 't-s "a"', 't-s &amp;', 't-k const', 't-n 1', 't-p color']],
    ['css', ['t-k @media print', 't-n #fff', 't-p margin', 't-n 1px 2em']],
    ['json', ['t-p "a"', 't-n 1', 't-n true', 't-s "d"']],
    ['markdown', ['t-h  A ', 't-e b', 't-b c', 't-l d', 't-l http://e', 't-k const', 't-n 1']],
    ['shell', ['t-k for', 't-k in', 't-f echo', 't-c # c', 't-k done']],
    ['diff', ['t-d --- a', 't-i +++ b', 't-m @@ -1 +1 @@', 't-d -old <b>', 't-i +new & c']],
    ['php', ['t-t div', 't-m <?php', 't-k echo', 't-k function', 't-t int', 't-m ?>']],
    ['vue', ['t-t template', 't-n 1', 't-k const', 't-t number']],
    ['xml', ['t-t a', 't-p b', 't-c <!-- d', 't-c e -->']],
    ['ruby', ['t-k class', 't-t A', 't-k def', 't-f foo', 't-c # c']],
    ['csharp', ['t-k using', 't-k public class', 't-t string', 't-s "x{1}"']],
  ])('marks the tokens of %s', async (language, expected) => {
    const found = tokensOf(await highlight({ text: samples[language] ?? '', language }));
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('closes and reopens a class at every line break', async () => {
    const text = `/* a\n\nb */ \`c\r\nd \${e} f\``;
    const { blocks } = await highlight({ text, language: 'javascript' });
    expect(blocks).toEqual([
      `<span class="t-c">/* a</span>\n\n<span class="t-c">b */</span> <span class="t-s">\`c</span>\n<span class="t-s">d </span>\${e}<span class="t-s"> f\`</span>`,
    ]);
  });

  it('escapes what HTML would read', async () => {
    const text = '<b>&amp;"\'</b>';
    const plain = await highlight({ text, language: 'text' });
    expect(plain.blocks).toEqual(['&lt;b&gt;&amp;amp;"\'&lt;/b&gt;']);
    const script = await highlight({ text: '"</script><script>"', language: 'javascript' });
    expect(script.blocks).toEqual(['<span class="t-s">"&lt;/script&gt;&lt;script&gt;"</span>']);
  });

  it.each(['text', 'klingon', '', '__proto__'])('leaves language %j plain', async (language) => {
    const result = await highlight({ text: 'const a = 1;\n', language });
    expect(result).toEqual({ blocks: ['const a = 1;'], lineCount: 1, complete: true, hurried: false });
  });

  it.each([
    ['', ['']],
    ['\n', ['']],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\n\n', ['a', '']],
    ['\r\n\ra\rb\r\n', ['', '', 'a', 'b']],
    ['a\u2028b\u0085c\fd\ve', ['a\u2028b\u0085c\fd\ve']],
  ])('breaks %j into lines', async (text, lines) => {
    for (const language of ['text', 'typescript', 'shell', 'markdown']) {
      const result = await highlight({ text, language });
      expect(linesOf(result).map(textOf)).toEqual(lines);
      expect(result.lineCount).toBe(lines.length);
      expect(countLines(text)).toBe(lines.length);
    }
  });

  it('cuts the lines into blocks', async () => {
    const text = Array.from({ length: 250 }, (_, index) => `const a${index} = ${index};`).join('\n');
    const result = await highlight({ text, language: 'typescript' });
    expect(result.blocks.map((block) => block.split('\n').length)).toEqual([
      LINES_PER_BLOCK,
      LINES_PER_BLOCK,
      50,
    ]);
    expectFaithful(result, text);
  });

  it('never cuts a character in two', async () => {
    const text = '😀 = "😀😀" # 😀\n𝒳𝒴𝒵(𝒳)\n';
    for (const language of ['python', 'shell', 'brainfuck', 'perl', 'apl', 'markdown']) {
      const result = await highlight({ text, language });
      expectFaithful(result, text);
      for (const block of result.blocks) expect(block.isWellFormed()).toBe(true);
    }
  });

  it('keeps the head of a text in colour when the budget is spent', async () => {
    const text = 'const a = "b";\n'.repeat(60_000);
    const result = await highlight({ text, language: 'typescript', budgetMs: 20 });
    expect(result.complete).toBe(false);
    expect(result.blocks[0]).toContain('t-k');
    expect(result.blocks.at(-1)).not.toContain('<span');
    expectFaithful(result, text);
  });

  it('keeps the tags of a text of tiny tokens within bounds', async () => {
    const text = `[${'1,'.repeat(200_000)}1]`;
    const result = await highlight({ text, language: 'json', budgetMs: 2_000 });
    expect(result.blocks.join('').length).toBeLessThan(5 * text.length);
    expect(result.complete).toBe(false);
    expectFaithful(result, text);
  });

  it('takes turns with everything else in the process', async () => {
    const order: string[] = [];
    const long = highlight({ text: samples.typescript?.repeat(2_000) ?? '', language: 'typescript' });
    const short = highlight({ text: samples.json ?? '', language: 'json' });
    await Promise.all([long.then(() => order.push('long')), short.then(() => order.push('short'))]);
    expect(order).toEqual(['short', 'long']);
  });

  it.each([0, 50, 150, 300])('ends when its signal aborts after %i ms', async (milliseconds) => {
    const ending = new AbortController();
    const text = samples.typescript?.repeat(20_000) ?? '';
    const work = highlight({ text, language: 'typescript', budgetMs: 60_000, signal: ending.signal });
    setTimeout(() => ending.abort(new Error('left')), milliseconds);
    await expect(work).rejects.toThrow('left');
  });

  it('writes only its own markup, for any text', async () => {
    const languages = Object.keys(samples);
    const random = seededRandom(20_260_101);
    for (let round = 0; round < 300; round++) {
      const language = languages[random(languages.length)] ?? 'text';
      const bytes = Uint8Array.from({ length: random(400) }, () => random(round % 2 ? 256 : 128));
      const noise = new TextDecoder(round % 3 ? 'utf-8' : 'latin1').decode(bytes);
      const sample = samples[language] ?? '';
      const cut = random(sample.length);
      const text = sample.slice(0, cut) + noise + sample.slice(cut);
      expectFaithful(await highlight({ text, language }), text);
    }
  });
});

function seededRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
