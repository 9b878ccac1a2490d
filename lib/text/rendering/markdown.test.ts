import { describe, expect, it } from 'vitest';
import { expectSafeHtml } from '@/test/expect-safe-html';
import { MARKDOWN_LABELS as labels } from '@/test/markdown-labels';
import { MARKDOWN_MAX, renderMarkdown } from './markdown';

/** What a text becomes, however slow the machine is. */
async function render(text: string): Promise<string> {
  const html = await renderMarkdown({ text, idPrefix: 'x-', labels, budgetMs: 20_000 });
  if (html === null) throw new Error('nothing was rendered');
  expectSafeHtml(html);
  return html.trim();
}

const REL = 'rel="nofollow noopener noreferrer ugc"';

describe('renderMarkdown', () => {
  it.each([
    ['a *b* **c** ~~d~~', '<p dir="auto">a <em>b</em> <strong>c</strong> <s>d</s></p>'],
    ['a\nb  \nc', '<p dir="auto">a\nb<br>c</p>'],
    ['a\r\nb', '<p dir="auto">a\nb</p>'],
    ['`<b>`', '<p dir="auto"><code dir="auto">&lt;b&gt;</code></p>'],
    ['"a" -- (c)...', '<p dir="auto">&quot;a&quot; -- (c)...</p>'],
    ['> a', '<blockquote dir="auto"><p dir="auto">a</p>\n</blockquote>'],
    ['a\n\n---', '<p dir="auto">a</p>\n<hr>'],
    ['3. a\n4. b', '<ol dir="auto" start="3"><li dir="auto">a</li>\n<li dir="auto">b</li>\n</ol>'],
    ['- a\n\n  b', '<ul dir="auto"><li dir="auto"><p>a</p>\n<p>b</p>\n</li>\n</ul>'],
    ['    <a>', '<pre dir="ltr" translate="no"><code>&lt;a&gt;\n</code></pre>'],
    ['<b>a</b>', '<p dir="auto">&lt;b&gt;a&lt;/b&gt;</p>'],
    ['&copy; &lt;', '<p dir="auto">© &lt;</p>'],
  ])('renders %j', async (text, html) => {
    expect(await render(text)).toBe(html);
  });

  const anchor = (fragment: string) =>
    `\u00a0<a class="md-anchor" href="#x-${fragment}" aria-label="section"></a>`;

  it('leaves the first heading to the page and gives ids that meet no other', async () => {
    expect(await render('# Main\n## Some `code` & more!\n## Main\n## Main\n###### six\n# Привет, мир')).toBe(
      [
        `<h2 id="x-main" dir="auto">Main${anchor('main')}</h2>`,
        `<h3 id="x-some-code--more" dir="auto">Some <code dir="auto">code</code> &amp; more!${anchor('some-code--more')}</h3>`,
        `<h3 id="x-main-1" dir="auto">Main${anchor('main-1')}</h3>`,
        `<h3 id="x-main-2" dir="auto">Main${anchor('main-2')}</h3>`,
        `<h6 id="x-six" dir="auto">six${anchor('six')}</h6>`,
        `<h2 id="x-привет-мир" dir="auto">Привет, мир${anchor('%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82-%D0%BC%D0%B8%D1%80')}</h2>`,
      ].join('\n'),
    );
  });

  it.each([
    ['[a](https://b.example/c?d=1&e)', `<a href="https://b.example/c?d=1&amp;e" ${REL} dir="auto">a</a>`],
    ['<https://b.example>', `<a href="https://b.example/" ${REL} dir="auto">https://b.example</a>`],
    ['https://b.example.', `<a href="https://b.example/" ${REL} dir="auto">https://b.example</a>.`],
    ['<a@b.example>', `<a href="mailto:a@b.example" ${REL} dir="auto">a@b.example</a>`],
    ['[a][b]\n\n[b]: http://c.example', `<a href="http://c.example/" ${REL} dir="auto">a</a>`],
    ['[a](#привет)', '<a href="#x-%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82" dir="auto">a</a>'],
    ['[a](docs/b.md) [c](/d) [e](//f.example)', 'a c e'],
    ['[a](javascript:b)', '[a](javascript:b)'],
    ['[a](https://b.example@c.example)', 'a'],
    ['[a](ftp://b.example)', 'a'],
    ['b.example a@b ftp://b.example', 'b.example a@b ftp://b.example'],
    [`[a](https://b.example/${'c'.repeat(3_000)})`, 'a'],
  ])('lets %j lead only where it may', async (text, html) => {
    expect(await render(text)).toBe(`<p dir="auto">${html}</p>`);
  });

  it('links to images and loads none', async () => {
    const image = `<a href="https://b.example/c.png" ${REL} class="md-image" dir="auto">`;
    expect(await render('![a *d*](https://b.example/c.png)')).toBe(`<p dir="auto">${image}a d</a></p>`);
    expect(await render('![](https://b.example/c.png)')).toBe(`<p dir="auto">${image}image</a></p>`);
    const text = '<span class="md-image" dir="auto">a</span>';
    expect(await render('![a](c.png)')).toBe(`<p dir="auto">${text}</p>`);
    expect(await render('[![a](https://b.example/c.png)](https://d.example)')).toBe(
      `<p dir="auto"><a href="https://d.example/" ${REL} dir="auto">${text}</a></p>`,
    );
  });

  it('shows tasks as boxes that cannot be ticked', async () => {
    const box = '<input type="checkbox" disabled';
    expect(await render('- [ ] a\n- [x] *b*\n- [x]c')).toBe(
      [
        `<ul dir="auto"><li dir="auto" class="md-task">${box} aria-label="open"> a</li>`,
        `<li dir="auto" class="md-task">${box} checked aria-label="done"> <em>b</em></li>`,
        '<li dir="auto">[x]c</li>',
        '</ul>',
      ].join('\n'),
    );
  });

  it('puts every table into a region of its own', async () => {
    const html = await render('|a|b|c|\n|:-|:-:|-:|\n|1|`|`|\n\ntext\n\n|d|\n|-|');
    expect(html).toContain(
      '<div class="md-table" role="region" tabindex="0" aria-label="table 1"><table><thead>' +
        '<tr><th scope="col" dir="auto" class="md-left">a</th><th scope="col" dir="auto" class="md-center">b',
    );
    expect(html).toContain('<td dir="auto" class="md-right">`</td></tr>\n</tbody>\n</table></div>\n');
    expect(html).toContain('aria-label="table 2"');
  });

  it('colours fences whose language it knows', async () => {
    expect(await render('```ts\nconst a = "<b>";\n```')).toBe(
      '<pre dir="ltr" translate="no"><code><span class="t-k">const</span> a = ' +
        '<span class="t-s">"&lt;b&gt;"</span>;</code></pre>',
    );
    expect(await render('```klingon\n<b>\n```')).toBe(
      '<pre dir="ltr" translate="no"><code>&lt;b&gt;\n</code></pre>',
    );
    expect(await render(`\`\`\`\n${'a'.repeat(100)}\n\`\`\``)).toContain('tabindex="0"');
  });

  it('gives up instead of rendering half of a text', async () => {
    const options = { idPrefix: 'x-', labels };
    expect(await renderMarkdown({ ...options, text: 'a\n'.repeat(MARKDOWN_MAX) })).toBeNull();
    expect(await renderMarkdown({ ...options, text: `${'> '.repeat(80)}a` })).toBeNull();
    expect(await renderMarkdown({ ...options, text: '- a *b*\n'.repeat(5_000), budgetMs: 0 })).toBeNull();
    expect(await renderMarkdown({ ...options, text: '[a]: https://b.example' })).toBeNull();
  });

  it('renders a long ordinary text', async () => {
    const part =
      '# Head\n\nSome *text* with a [link](https://a.example).\n\n- one\n- two\n\n```js\nlet a = 1\n```\n\n';
    const html = await render(part.repeat(1_500));
    expect(html.match(/<h2/g)?.length).toBe(1_500);
    expect(html).toContain('id="x-head-1499"');
  });
});
