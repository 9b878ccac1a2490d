import { describe, expect, it } from 'vitest';
import { MARKDOWN_LABELS as labels } from '@/test/markdown-labels';
import { shapeOfExpected, shapeOfRendered } from '@/test/markdown-shape';
import { renderMarkdown } from './markdown';

/** Written after the rules that GitHub's specification adds to CommonMark, with the HTML they lead to. */
const EXAMPLES: readonly (readonly [markdown: string, html: string])[] = [
  // Tables.
  [
    '| one | two |\n| --- | --- |\n| a | b |',
    '<table><thead><tr><th>one</th><th>two</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>',
  ],
  [
    'l | c | r\n:-- | :-: | --:\n1 | 2 | 3',
    '<table><thead><tr><th align="left">l</th><th align="center">c</th><th align="right">r</th></tr></thead>' +
      '<tbody><tr><td align="left">1</td><td align="center">2</td><td align="right">3</td></tr></tbody></table>',
  ],
  [
    '| a \\| b |\n| - |\n| `c \\| d` **e \\| f** |',
    '<table><thead><tr><th>a | b</th></tr></thead>' +
      '<tbody><tr><td><code>c | d</code> <strong>e | f</strong></td></tr></tbody></table>',
  ],
  [
    '| a | b |\n| - | - |\n| 1 | 2 |\n> quote',
    '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>' +
      '<blockquote><p>quote</p></blockquote>',
  ],
  [
    '| a | b |\n| - | - |\n| 1 | 2 |\nlast\n\nafter',
    '<table><thead><tr><th>a</th><th>b</th></tr></thead>' +
      '<tbody><tr><td>1</td><td>2</td></tr><tr><td>last</td><td></td></tr></tbody></table><p>after</p>',
  ],
  ['| a | b |\n| - |\n| 1 |', '<p>| a | b |\n| - |\n| 1 |</p>'],
  [
    '| a | b |\n| - | - |\n| 1 |\n| 1 | 2 | 3 |',
    '<table><thead><tr><th>a</th><th>b</th></tr></thead>' +
      '<tbody><tr><td>1</td><td></td></tr><tr><td>1</td><td>2</td></tr></tbody></table>',
  ],
  ['| a |\n| - |', '<table><thead><tr><th>a</th></tr></thead></table>'],
  [
    'text\n| a |\n| - |\n| 1 |',
    '<p>text</p><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>',
  ],
  [
    '| a<br>b |\n| - |\n| c<br/>d |',
    '<table><thead><tr><th>a<br>b</th></tr></thead><tbody><tr><td>c<br>d</td></tr></tbody></table>',
  ],
  // Task lists.
  [
    '- [ ] open\n- [x] done\n- [X] too',
    '<ul><li><input type="checkbox"> open</li><li><input type="checkbox" checked> done</li>' +
      '<li><input type="checkbox" checked> too</li></ul>',
  ],
  [
    '1. [x] a\n   - [ ] b\n2. c',
    '<ol><li><input type="checkbox" checked> a<ul><li><input type="checkbox"> b</li></ul></li><li>c</li></ol>',
  ],
  [
    '- [x]no space\n- [y] other\n- \\[ ] escaped',
    '<ul><li>[x]no space</li><li>[y] other</li><li>[ ] escaped</li></ul>',
  ],
  ['[ ] no list', '<p>[ ] no list</p>'],
  ['- a [x] b', '<ul><li>a [x] b</li></ul>'],
  // Strikethrough.
  ['~~two~~ and ~one~', '<p><del>two</del> and <del>one</del></p>'],
  ['a ~~~three~~~ b', '<p>a ~~~three~~~ b</p>'],
  ['~~over\n\nparagraphs~~', '<p>~~over</p><p>paragraphs~~</p>'],
  ['~~*a* b~~ in~wo~rd', '<p><del><em>a</em> b</del> in<del>wo</del>rd</p>'],
  ['~a~~ b', '<p>~a~~ b</p>'],
  ['~ a ~ ~~ b ~~', '<p>~ a ~ ~~ b ~~</p>'],
  ['`~a~` \\~b\\~', '<p><code>~a~</code> ~b~</p>'],
  ['**~~a~~** ~**b**~', '<p><strong><del>a</del></strong> <del><strong>b</strong></del></p>'],
  // Autolinks: hosts.
  ['www.example.com', '<p><a href="http://www.example.com">www.example.com</a></p>'],
  [
    'See www.example.com/a?b=c#d now',
    '<p>See <a href="http://www.example.com/a?b=c#d">www.example.com/a?b=c#d</a> now</p>',
  ],
  ['www.example.com.', '<p><a href="http://www.example.com">www.example.com</a>.</p>'],
  ['www.example.com/a.b?!', '<p><a href="http://www.example.com/a.b">www.example.com/a.b</a>?!</p>'],
  ['(www.example.com/a_(b))', '<p>(<a href="http://www.example.com/a_(b)">www.example.com/a_(b)</a>)</p>'],
  ['www.example.com/a(b)c)))', '<p><a href="http://www.example.com/a(b)c">www.example.com/a(b)c</a>)))</p>'],
  ['(www.example.com/?q=(a)', '<p>(<a href="http://www.example.com/?q=(a)">www.example.com/?q=(a)</a></p>'],
  [
    'www.example.com/?a=b&c=d',
    '<p><a href="http://www.example.com/?a=b&c=d">www.example.com/?a=b&amp;c=d</a></p>',
  ],
  ['www.example.com/?a&zyx;', '<p><a href="http://www.example.com/?a">www.example.com/?a</a>&amp;zyx;</p>'],
  ['www.example.com/a<b', '<p><a href="http://www.example.com/a">www.example.com/a</a>&lt;b</p>'],
  ['*www.example.com*', '<p><em><a href="http://www.example.com">www.example.com</a></em></p>'],
  ['awww.example.com', '<p>awww.example.com</p>'],
  ['www.a_b.com www.a.b_c', '<p>www.a_b.com www.a.b_c</p>'],
  [
    '`www.example.com` [www.example.com](https://a.example)',
    '<p><code>www.example.com</code> <a href="https://a.example">www.example.com</a></p>',
  ],
  // Autolinks: URLs.
  ['https://example.com/a?b', '<p><a href="https://example.com/a?b">https://example.com/a?b</a></p>'],
  ['http://example.com, text', '<p><a href="http://example.com">http://example.com</a>, text</p>'],
  [
    '(https://example.com/a_(b)?c=(d))',
    '<p>(<a href="https://example.com/a_(b)?c=(d)">https://example.com/a_(b)?c=(d)</a>)</p>',
  ],
  [
    'https://пример.рф/путь',
    '<p><a href="https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C">https://пример.рф/путь</a></p>',
  ],
  // Autolinks: mailboxes.
  ['foo@bar.example', '<p><a href="mailto:foo@bar.example">foo@bar.example</a></p>'],
  ['a+b_c.d-e@f-g.example', '<p><a href="mailto:a+b_c.d-e@f-g.example">a+b_c.d-e@f-g.example</a></p>'],
  ['a@b.example.', '<p><a href="mailto:a@b.example">a@b.example</a>.</p>'],
  ['a@b.example- c@d.example_', '<p>a@b.example- c@d.example_</p>'],
  ['a@b @c.example d@', '<p>a@b @c.example d@</p>'],
  ['mailto:a@b.example', '<p><a href="mailto:a@b.example">mailto:a@b.example</a></p>'],
  [
    '*a@b.example* `c@d.example`',
    '<p><em><a href="mailto:a@b.example">a@b.example</a></em> <code>c@d.example</code></p>',
  ],
  // What GitHub links to and Sheaf does not.
  ['xmpp:a@b.example/c', '<p><a href="xmpp:a@b.example/c">xmpp:a@b.example/c</a></p>'],
  ['ftp://a.example', '<p><a href="ftp://a.example">ftp://a.example</a></p>'],
  // Raw HTML that GitHub filters, and that it lets through.
  ['<title>a</title> <iframe>', '<p>&lt;title>a&lt;/title> &lt;iframe></p>'],
  ['<script>\nalert(1)\n</script>', '&lt;script>\nalert(1)\n&lt;/script>'],
  ['H<sub>2</sub>O', '<p>H<sub>2</sub>O</p>'],
  ['a <!-- b --> c', '<p>a  c</p>'],
];

/** Those that Sheaf shows differently. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'xmpp:a@b.example/c': 'links lead to web pages and mailboxes only',
  'ftp://a.example': 'links lead to web pages and mailboxes only',
  '<script>\nalert(1)\n</script>': 'raw HTML is text, which is a paragraph',
  'H<sub>2</sub>O': 'raw HTML is text',
};

describe('GitHub Flavored Markdown', () => {
  it.each(EXAMPLES)('%j', async (text, html) => {
    const rendered = await renderMarkdown({ text, idPrefix: 'x-', labels, budgetMs: 20_000 });
    const shapes = [shapeOfRendered(rendered ?? ''), shapeOfExpected(html, 'x-')];
    if (DIFFERENT[text] === undefined) expect(shapes[0]).toBe(shapes[1]);
    else expect(shapes[0]).not.toBe(shapes[1]);
  });

  it('has no difference listed that is none', () => {
    const texts = new Set(EXAMPLES.map(([text]) => text));
    expect(Object.keys(DIFFERENT).filter((text) => !texts.has(text))).toEqual([]);
  });
});
