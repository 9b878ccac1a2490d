import { describe, expect, it } from 'vitest';
import { expectSafeHtml } from '@/test/expect-safe-html';
import { seededRandom } from '@/test/seeded-random';
import { JSON_MAX, type JsonTreeHtml, renderJsonTree } from './json-tree';

const labels = {
  keys: (count: number) => `${count} keys`,
  items: (count: number) => `${count} <items>`,
  more: (count: number) => `${count} more`,
};

function tree(text: string): JsonTreeHtml {
  const rendered = renderJsonTree({ text, labels });
  if (rendered === null) throw new Error('nothing was rendered');
  return rendered;
}

function render(text: string): string {
  return tree(text).html;
}

/** The text of a tree without its counts, which is JSON again but for commas and indexes. */
function textOf(text: string): string {
  return expectSafeHtml(render(text));
}

describe('renderJsonTree', () => {
  it('folds nested values', () => {
    expect(render('{"a": [1, {"b": {"c": null}}], "d": "<e>", "f": {}}')).toBe(
      '<ul class="tree" dir="ltr"><li><details open><summary>{ <span class="tree-count">3 keys</span> }</summary><ul>' +
        '<li><details open><summary><span class="t-p" dir="auto">&quot;a&quot;</span>: ' +
        '[ <span class="tree-count">2 &lt;items&gt;</span> ]</summary><ul>' +
        '<li><span class="tree-index">0</span> <span class="t-n" dir="auto">1</span></li>' +
        '<li><details open><summary><span class="tree-index">1</span> { <span class="tree-count">1 keys</span> }</summary><ul>' +
        '<li><details open><summary><span class="t-p" dir="auto">&quot;b&quot;</span>: ' +
        '{ <span class="tree-count">1 keys</span> }</summary><ul>' +
        '<li><span class="t-p" dir="auto">&quot;c&quot;</span>: <span class="t-n" dir="auto">null</span></li>' +
        '</ul></details></li></ul></details></li></ul></details></li>' +
        '<li><span class="t-p" dir="auto">&quot;d&quot;</span>: <span class="t-s" dir="auto">&quot;&lt;e&gt;&quot;</span></li>' +
        '<li><span class="t-p" dir="auto">&quot;f&quot;</span>: {}</li></ul></details></li></ul>',
    );
  });

  it.each([
    ['1e400', '1e400'],
    ['-0.10', '-0.10'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    [' "a\\"b\\\\" ', '"a\\"b\\\\"'],
    ['"\\u043f\\u0440"', '"пр"'],
    ['"\\u202etxt.exe"', '"\\u202etxt.exe"'],
    ['"\\ud800"', '"\\ud800"'],
    ['"\\u0000"', '"\\u0000"'],
    ['[]', '[]'],
    ['\ufefftrue', 'true'],
    ['{"a":1,"a":2}', '{ 2 keys }"a": 1"a": 2'],
    ['{"__proto__":{"x":1},"constructor":0}', '{ 2 keys }"__proto__": { 1 keys }"x": 1"constructor": 0'],
    ['{"a\\",:{}[]": "b\\\\", "c" : [ ":" ] }', '{ 2 keys }"a\\",:{}[]": "b\\\\""c": [ 1 <items> ]0 ":"'],
  ])('reads %j as it is written', (text, shown) => {
    expect(textOf(text)).toBe(shown);
  });

  it.each([
    '',
    ' ',
    '{',
    '[1,]',
    "{'a':1}",
    '{a:1}',
    '01',
    'NaN',
    '1 2',
    '{"a":1}}',
    '"\n"',
    '// a\n1',
    '\0',
  ])('does not take %j for JSON', (text) => {
    expect(renderJsonTree({ text, labels })).toBeNull();
  });

  it('counts without words if it is given none', () => {
    expect(expectSafeHtml(renderJsonTree({ text: '[[1]]' })?.html ?? '')).toBe('[ 1 ]0 [ 1 ]0 1');
  });

  it('opens eight levels of a small text, and two of others', () => {
    const foldsOf = (value: unknown) =>
      [...render(JSON.stringify(value)).matchAll(/<details( open)?>/g)].map(([, open]) => open !== undefined);
    const withItems = (count: number) => ({ a: { b: { c: Array(count).fill(0) } } });
    expect(foldsOf(withItems(97))).toEqual([true, true, true, true]);
    expect(foldsOf(withItems(98))).toEqual([true, true, false, false]);
    expect(foldsOf([[[[[[[[[[0]]]]]]]]]])).toEqual([...Array(8).fill(true), false, false]);
  });

  it.each([
    ['an empty list', '[]'],
    ['a thousand items', JSON.stringify(Array(1_000).fill(0))],
    ['a hundred levels', `${'['.repeat(101)}${']'.repeat(101)}`],
    ['a long string', JSON.stringify('a'.repeat(1_998))],
  ])('is whole with %s', (_, text) => {
    expect(tree(text).isWhole).toBe(true);
  });

  it.each([
    ['more items', JSON.stringify(Array(1_001).fill(0))],
    ['more nodes in all', JSON.stringify(Array(20).fill(Array(600).fill(0)))],
    ['more levels', `${'['.repeat(102)}${']'.repeat(102)}`],
    ['a longer string', JSON.stringify('a'.repeat(1_999))],
    ['a longer key', JSON.stringify({ ['a'.repeat(1_999)]: 0 })],
  ])('is not whole with %s', (_, text) => {
    expect(tree(text).isWhole).toBe(false);
  });

  it('shows how much of a long list is left out', () => {
    const text = textOf(JSON.stringify(Array.from({ length: 5_000 }, (_, index) => [index])));
    expect(text).toContain('999 [ 1 <items> ]0 999');
    expect(text).toMatch(/4000 more$/);
    expect(textOf(JSON.stringify({ a: Array(2_000).fill({}), b: 'last' }))).toMatch(/1000 more"b": "last"$/);
  });

  it('shortens long strings', () => {
    expect(textOf(JSON.stringify('😀'.repeat(5_000))).length).toBeLessThan(2_010);
  });

  it.each([
    ['arrays 10,000 deep', `${'['.repeat(10_000)}1${']'.repeat(10_000)}`],
    ['arrays 100,000 deep', `${'['.repeat(100_000)}1${']'.repeat(100_000)}`],
    ['objects 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['1 MB of numbers', `[${'1,'.repeat(JSON_MAX / 2 - 2)}1]`],
    ['1 MB of empty arrays', `[${'[],'.repeat(JSON_MAX / 3 - 2)}1]`],
    ['1 MB of one key', `{${'"a":1,'.repeat(JSON_MAX / 6 - 2)}"b":1}`],
    ['1 MB of one string', `"${'<'.repeat(JSON_MAX - 10)}"`],
    ['1 MB of escapes', `"${'\\u003c'.repeat(JSON_MAX / 6 - 10)}"`],
    ['1 MB of backslashes', `"${'\\\\'.repeat(JSON_MAX / 2 - 10)}"`],
    ['many long strings', JSON.stringify(Array(400).fill('<&>"'.repeat(500)))],
    ['100 lists of 100 lists', JSON.stringify(Array(100).fill(Array(100).fill([1, 2, 3])))],
  ])('bounds %s', (_, text) => {
    expect(text.length).toBeLessThanOrEqual(JSON_MAX);
    const html = render(text);
    expect(html.length).toBeLessThan(2 * 1024 * 1024);
    expectSafeHtml(html);
  });

  it('does not show a level that is too deep', () => {
    const text = textOf(`${'['.repeat(150)}${']'.repeat(150)}`);
    expect(text.match(/\[/g)?.length).toBe(101);
    expect(text).toMatch(/\[ 1 <items> \] …$/);
  });

  it('rejects what is too large', () => {
    expect(renderJsonTree({ text: `"${'a'.repeat(JSON_MAX)}"`, labels })).toBeNull();
  });

  it('writes only its own markup, for any text', () => {
    const random = seededRandom(7);
    const bits = [
      '<script>',
      '"',
      "'",
      '\\',
      '&lt;',
      '</li>',
      'onload=',
      '\u202e',
      '😀',
      '{',
      ']',
      ':',
      ',',
      ' ',
      '\n',
    ];
    const string = () => Array.from({ length: random(6) }, () => bits[random(bits.length)]).join('');
    const value = (depth: number): unknown => {
      const kind = random(depth > 4 ? 3 : 5);
      if (kind < 2) return string();
      if (kind === 2) return random(2) ? random(1_000) / 7 : null;
      if (kind === 3) return Array.from({ length: random(5) }, () => value(depth + 1));
      return Object.fromEntries(Array.from({ length: random(5) }, () => [string(), value(depth + 1)]));
    };
    for (let round = 0; round < 500; round++) {
      const indent = random(2) ? 2 : undefined;
      expectSafeHtml(render(JSON.stringify(value(0), null, indent)));
    }
  });
});
