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
  ...[
    '[^',
    '[^a]',
    '[^a]: b\n',
    '[^a]: [^a]\n',
    '<!--',
    '<!-- -->',
    '<!-- ![<!--](b)',
    '<!--\n',
    '> <!--\n',
    '<br>',
    '~a',
    '~a~ ',
  ],
  ...[
    'www.',
    'www.a.b ',
    'www.a.b/((((',
    'www.a_',
    'www.a_b(',
    '(www.',
    '_www.',
    '@',
    'a+@',
    `${'a'.repeat(150)} ${'@'.repeat(150)}`,
    `${'a'.repeat(250)} ${'@'.repeat(49)}`,
    'a@',
    'a@b.c ',
    'https://a@',
    '> [!NOTE]\n',
    '---\n',
    '---\na: b\n',
  ],
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
  'a footnote that refers to itself': () => `[^1]\n\n[^1]: ${'[^1] '.repeat(10_000)}`,
  '10,000 footnotes': () =>
    `${Array.from({ length: 10_000 }, (_, i) => `[^${i}]`).join(' ')}\n\n` +
    Array.from({ length: 10_000 }, (_, i) => `[^${i}]: a`).join('\n'),
  'a chain of 10,000 footnotes': () =>
    `[^0]\n\n${Array.from({ length: 10_000 }, (_, i) => `[^${i}]: [^${i + 1}]`).join('\n')}`,
  '1,000 footnotes deep': () => Array.from({ length: 1_000 }, (_, i) => `[^${i}]: `).join(''),
  '1,000 alerts deep': () =>
    Array.from({ length: 1_000 }, (_, i) => `${'> '.repeat(i + 1)}[!NOTE]`)
      .join('\n')
      .slice(0, 256 * 1024),
  '40 alerts deep': () => Array.from({ length: 40 }, (_, i) => `${'> '.repeat(i + 1)}[!NOTE]`).join('\n'),
  'front matter without an end': () => upTo(256 * 1024, '---\na: b\n\nc: d\n').replaceAll('\n---', '\n- -'),
  'front matter alone': () => `---\n${upTo(200_000, 'a: b\n')}---\n`,
  '10,000 headings': () =>
    Array.from({ length: 10_000 }, (_, i) => `${'#'.repeat((i % 6) + 1)} a${i}`).join('\n'),
  '10,000 headings of the same name': () => '# a\n'.repeat(10_000),
  'comments that end elsewhere': () => `${'> <!--\n'.repeat(10_000)}\n-->`,
  'comments in lists that end elsewhere': () => `${'- <!--\n'.repeat(10_000)}\n-->`,
  'a bracket after each address': () => upTo(60_000, 'www.a.b/) '),
  'an address of brackets': () => `www.a.b/${')'.repeat(50_000)}`,
  'an address of entities': () => `www.a.b/${upTo(50_000, '&amp;')}`,
  'code in 30 languages': () =>
    Array.from(
      { length: 30 },
      (_, i) => `\`\`\`${['js', 'py', 'go', 'rs', 'c', 'sql'][i % 6]}\n${upTo(4_000, '(<{*')}\n\`\`\``,
    ).join('\n'),
};
