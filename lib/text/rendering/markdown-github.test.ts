import { describe, expect, it } from 'vitest';
import { expectSafeHtml } from '@/test/expect-safe-html';
import { MARKDOWN_LABELS as labels } from '@/test/markdown-labels';
import { renderMarkdown } from './markdown';

function siblingId(name: string, fragment: string): string | null {
  if (name !== 'my notes.md') return null;
  return fragment === '' ? 'file-2' : `x-${fragment}`;
}

async function render(text: string): Promise<string> {
  const html = await renderMarkdown({
    text,
    idPrefix: 'x-',
    siblingId,
    labels,
    budgetMs: 20_000,
  });
  expectSafeHtml(html ?? '');
  return (html ?? '').trim();
}

const back = (id: string, label = 'back') =>
  `<a href="#x-fnref.${id}" role="doc-backlink" aria-label="${label}">↩\ufe0e</a>`;
const reference = (number: number, id = String(number)) =>
  `<sup id="x-fnref.${id}"><a href="#x-fn.${number}" role="doc-noteref">${number}</a></sup>`;

describe('footnotes', () => {
  it('are numbered in the order of the text and written at its end', async () => {
    expect(await render('[^b]: second\n\na[^A] b[^b]\n\n[^a]: *first*\n\n    more\n\nend')).toBe(
      `<p dir="auto">a${reference(1)} b${reference(2)}</p>\n<p dir="auto">end</p>\n` +
        '<ol class="md-notes" aria-label="footnotes" dir="auto">' +
        `<li id="x-fn.1" dir="auto"><p><em>first</em></p>\n<p>more ${back('1')}</p>\n</li>\n` +
        `<li id="x-fn.2" dir="auto"><p>second ${back('2')}</p>\n</li>\n</ol>`,
    );
  });

  it('lead back to every place that refers to them', async () => {
    const html = await render('a[^1] b[^1]\n\n[^1]: c');
    expect(html).toContain(`a${reference(1)} b${reference(1, '1.2')}`);
    expect(html).toContain(`c ${back('1')} ${back('1.2', 'back 2')}`);
  });

  it('may refer to themselves and to each other', async () => {
    const html = await render('a[^1]\n\n[^1]: b[^1] c[^2]\n[^2]: d[^1]');
    expect(html.match(/<li id="x-fn\.\d"/g)).toEqual(['<li id="x-fn.1"', '<li id="x-fn.2"']);
    expect(html).toContain(`b${reference(1, '1.2')} c${reference(2)}`);
  });

  it('are text without a definition, and left out without a reference', async () => {
    expect(await render('a[^1] [^a b] [^]\n\n[^2]: b')).toBe('<p dir="auto">a[^1] [^a b] [^]</p>');
  });

  it('take lists and code, and a definition in a list', async () => {
    const html = await render(
      '- a[^1]\n\n  [^1]: b\n\n      - c\n\nd[^2]\n\n[^2]:\n    - e\n\n          code',
    );
    expect(html).toContain(
      '<li id="x-fn.1" dir="auto"><p>b</p>\n<ul dir="auto"><li dir="auto">c</li>\n</ul>\n',
    );
    expect(html).toContain('<code>code\n</code>');
  });

  it('have ids that no heading has', async () => {
    const html = await render('# fn.1\n# fnref.1\na[^1]\n\n[^1]: # b');
    expect(html).toContain('id="x-fn1"');
    expect(html).toContain('<h2 dir="auto">b</h2>');
  });

  it('are numbers without a link within a link', async () => {
    expect(await render('[a ![b](c.png)[^1]][d]\n\n[d]: https://e.example\n[^1]: f')).toContain('<sup');
  });
});

describe('alerts', () => {
  it.each(['note', 'tip', 'important', 'warning', 'caution'])('of the kind %s', async (kind) => {
    expect(await render(`> [!${kind.toUpperCase()}]\n> a *b*\n>\n> c`)).toBe(
      `<div class="md-alert" data-alert="${kind}" dir="auto"><p class="md-alert-title">a ${kind}</p>\n` +
        '<p dir="auto">a <em>b</em></p>\n<p dir="auto">c</p>\n</div>',
    );
  });

  it('may have a paragraph for the marker', async () => {
    expect(await render('> [!tip]  \n>\n> - a')).toBe(
      '<div class="md-alert" data-alert="tip" dir="auto"><p class="md-alert-title">a tip</p>\n' +
        '<ul dir="auto"><li dir="auto">a</li>\n</ul>\n</div>',
    );
  });

  it.each([
    '> [!NOTE]',
    '> [!NOTE] a',
    '> [!OTHER]\n> a',
    '> a\n> [!NOTE]',
    '> \\[!NOTE]\n> a',
    '> [!NOTE]*a*\n> b',
    '> > [!NOTE]\n> > a',
    '- > [!NOTE]\n  > a',
    '[!NOTE]\na',
  ])('are no alert: %j', async (text) => {
    expect(await render(text)).not.toContain('md-alert');
  });
});

describe('front matter', () => {
  it('is behind a fold', async () => {
    expect(await render('\ufeff---\r\ntitle: <b>\r\ntags:\r\n  - a\r\n---\r\n# Head\r\n')).toMatch(
      /^<details class="md-fold"><summary>front matter<\/summary><pre[^>]*><code>.*title.*&lt;b&gt;.*<\/code><\/pre>\n<\/details>\n<h2/s,
    );
    expect(await render('---\n# comment\na: b\n...')).toContain('<details');
  });

  it.each([
    '---\n\na: b\n\n---',
    '---\na: b\n',
    '---\ntext\n---\n',
    '\n---\na: b\n---\n',
    '----\na: b\n---\n',
  ])('is not %j', async (text) => {
    expect(await render(text)).not.toContain('<details');
  });
});

describe('comments', () => {
  it.each([
    ['a <!-- b\nc --> d', 'a  d'],
    ['a <!----> <!--> <!---> b', 'a    b'],
    ['a <!-- b', 'a &lt;!-- b'],
    ['a `<!-- b -->` \\<!-- c -->', 'a <code dir="auto">&lt;!-- b --&gt;</code> &lt;!-- c --&gt;'],
    ['a <!-- --><script> <!-- -->', 'a &lt;script&gt; '],
  ])('are left out of %j', async (text, html) => {
    expect(await render(text)).toBe(`<p dir="auto">${html}</p>`);
  });

  it('are left out with their blank lines', async () => {
    expect(await render('<!-- a\n\nb -->\n\nc\n<!-- d -->\ne')).toBe(
      '<p dir="auto">c</p>\n<p dir="auto">e</p>',
    );
    expect(await render('<!-- a -->')).toBe('');
  });

  it('hide nothing when they do not end', async () => {
    expect(await render('<!-- a\n\nb')).toBe('<p dir="auto">&lt;!-- a</p>\n<p dir="auto">b</p>');
    expect(await render('> <!-- a\n\nb -->')).toContain('b --&gt;');
    expect(await render('- <!-- a\n\nb -->')).toContain('b --&gt;');
  });
});

describe('contents', () => {
  const filler = 'word '.repeat(1_300);

  it('come before a long text with headings', async () => {
    const html = await render(`# A & B\n## B\n#### deep\n## C\n# D\n### E\n${filler}`);
    expect(html).toContain(
      '<details class="md-fold"><summary>contents</summary><ul dir="auto">' +
        '<li dir="auto"><a href="#x-a--b">A &amp; B</a>' +
        '<ul dir="auto"><li dir="auto"><a href="#x-b">B</a></li><li dir="auto"><a href="#x-c">C</a></li></ul></li>' +
        '<li dir="auto"><a href="#x-d">D</a><ul dir="auto"><li dir="auto"><a href="#x-e">E</a></li></ul></li>' +
        '</ul></details>\n<h2',
    );
    expect(await render(`---\na: b\n---\n# A\n# B\n# C\n# D\n${filler}`)).toMatch(
      /front matter.*contents.*<h2/s,
    );
  });

  it('have lists for headings that begin deep', async () => {
    const html = await render(`### A\n# B\n## C\n### D\n## E\n${filler}`);
    expect(html.match(/<\/?(?:ul|li)\b/g)?.join('')).toBe(
      '<ul<li</li<li<ul<li<ul<li</li</ul</li<li</li</ul</li</ul',
    );
  });

  it.each([
    ['a short text', '# A\n# B\n# C\n# D'],
    ['few headings', `# A\n# B\n# C\n${filler}`],
    ['headings of deep levels', `# A\n#### B\n#### C\n#### D\n${filler}`],
    ['more headings than a list may have', `${'# A\n'.repeat(201)}${filler}`],
  ])('are not there for %s', async (_, text) => {
    expect(await render(text)).not.toContain('<details');
  });

  it('leave out the levels that are too many', async () => {
    const html = await render(`${'# A\n'.repeat(10)}${'## B\n'.repeat(200)}${filler}`);
    expect(html.match(/<li/g)?.length).toBe(10);
  });
});

describe('links', () => {
  it.each([
    ['[a](<my notes.md>)', '#file-2'],
    ['[a](./my%20notes.md)', '#file-2'],
    ['[a](<my notes.md#one>)', '#x-one'],
    ['[a][b]\n\n[b]: <./my notes.md#%D0%B0>', '#x-%D0%B0'],
    ['![a](<my notes.md>)', '#file-2'],
  ])('lead to other files: %j', async (text, href) => {
    expect(await render(text)).toContain(`<a href="${href}"`);
  });

  it.each([
    '[a](notes.md)',
    '[a](../my%20notes.md)',
    '[a](/my%20notes.md)',
    '[a](my%20notes.md?b)',
    '[a](my%2520notes.md)',
    '[a](%)',
  ])('lead nowhere: %j', async (text) => {
    expect(await render(text)).toBe('<p dir="auto">a</p>');
  });

  it.each([
    'https://user@host/',
    'https://user@host.example/a',
    'https://user:word@host.example/',
    'https://good.example@evil.example/',
    'https://good.example:80@evil.example',
    'https://good.example\\@evil.example',
    'https://good.example&#64;evil.example',
    'https://good.example*a*@evil.example',
    'www.good.example@evil.example',
    'www.good.example:80@evil.example/a',
    '<https://user@host.example/>',
  ])('never lead to a part of %j', async (text) => {
    expect(await render(text)).not.toContain('href');
  });

  it('lead to addresses with an @ in their path', async () => {
    expect(await render('https://a.example/@b www.a.example/@b')).toContain('href="http://www.a.example/@b"');
  });
});
