function upTo(length: number, unit: string): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

const units = [
  ...['[', ']', '*', '_', '`', '<', '>', '&', '|', '~', '#', '-', '\\', '"', ':', '\n', ' ', '\t', '😀'],
  ...['](', '![', '[[', '**', '*_', '~~', '> ', '- ', '1. ', '<a', '<!--', '&#', '://', '[a](', '[a]['],
  ...[
    '**a ',
    '_a_ ',
    '*a*',
    '`a',
    '`` a ',
    '<http://a>',
    'http://a.b ',
    'http://a{',
    'https://a.b/(((',
    'a@b.c ',
  ],
  ...['# a\n', '- a\n\n', '* a\n', 'a\n-\n', 'a\n\n', '|a|b\n|-|-\n', '[a]: b\n', '[a]: b "\n', '[a\n'],
  ...['```\n', '```js\nlet a\n```\n', '- [ ] a\n', '> a\nb\n', '![a](b)', '[a](#a) ', 'a\\\n', '    a\n'],
];

/** Large and deeply nested texts by kind of element; some exceed the limits of rendering. */
export const ENDLESS_MARKDOWN: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(
    units.flatMap((unit) => [
      [`1 MB of ${JSON.stringify(unit)}`, () => upTo(1024 * 1024, unit)],
      [`256 KB of ${JSON.stringify(unit)}`, () => upTo(256 * 1024, unit)],
      [`long paragraphs of ${JSON.stringify(unit)}`, () => `${upTo(60_000, unit)}\n\n`.repeat(4)],
    ]),
  ),
  '1,000 quotes deep': () => `${'> '.repeat(1_000)}a`,
  '100,000 quotes deep': () => `${'>'.repeat(100_000)}a`,
  '1,000 lists deep': () => `${'- '.repeat(1_000)}a`,
  '100,000 lists deep': () => `${'- '.repeat(100_000)}a`,
  '500 lists deep by indent': () => Array.from({ length: 500 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n'),
  'deep quotes on every line': () => upTo(256 * 1024, `${'> '.repeat(58)}a\n`),
  'deep lists again and again': () =>
    `${Array.from({ length: 29 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n')}\n`.repeat(200),
  '1,000 emphases deep': () => `${'*a '.repeat(1_000)}b${'*'.repeat(1_000)}`,
  '100,000 emphases deep': () => `${'*'.repeat(100_000)}b${'*'.repeat(100_000)}`,
  '30,000 brackets deep': () => `${'['.repeat(30_000)}a${']'.repeat(30_000)}`,
  '100,000 brackets deep': () => `${'['.repeat(100_000)}a${']'.repeat(100_000)}`,
  '10,000 links deep': () => `${'['.repeat(10_000)}a${'](b)'.repeat(10_000)}`,
  '10,000 images deep': () => `[a]: http://b\n\n${'!['.repeat(10_000)}a${'][a]'.repeat(10_000)}`,
  'a table of 1,000 by 1,000': () =>
    `${'|a'.repeat(1_000)}\n${'|-'.repeat(1_000)}\n${`${'|b'.repeat(1_000)}\n`.repeat(1_000)}`,
  'a table of 1,000 columns, filled up': () =>
    `${'|a'.repeat(1_000)}\n${'|-'.repeat(1_000)}\n${'|\n'.repeat(1_000)}`,
  'a table of 60,000 columns': () => `${'|a'.repeat(60_000)}\n${'|-'.repeat(60_000)}\n`,
  'a long link used everywhere': () => `[a]: http://a/${'b'.repeat(2_000)}\n\n${'[a] '.repeat(15_000)}`,
  '10,000 references': () => Array.from({ length: 10_000 }, (_, i) => `[a${i}]: http://b/${i}`).join('\n'),
  '700 runs of ticks': () => Array.from({ length: 700 }, (_, i) => '`'.repeat(i + 1)).join('a'),
  'a link without an end': () => `http://a.b/${upTo(60_000, '(((((')}`,
  'a host without an end': () => `http://${upTo(60_000, 'a.')}`,
  'a mailbox without an end': () => `<a@${upTo(60_000, 'a.')}!>`,
  'code in 30 languages': () =>
    Array.from(
      { length: 30 },
      (_, i) => `\`\`\`${['js', 'py', 'go', 'rs', 'c', 'sql'][i % 6]}\n${upTo(4_000, '(<{*')}\n\`\`\``,
    ).join('\n'),
};
