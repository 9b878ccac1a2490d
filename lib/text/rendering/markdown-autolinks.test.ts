import MarkdownIt, { type Token } from 'markdown-it';
import { describe, expect, it, vi } from 'vitest';
import { linkAddresses } from './markdown-autolinks';

function textToken(content: string): Token {
  const [inline] = new MarkdownIt().parseInline('a', {});
  const [token] = inline?.children ?? [];
  return Object.assign(token ?? expect.fail('no token'), { content });
}

/** The text with brackets around what leads somewhere. */
function link(text: string, step: () => void = () => {}): string {
  return linkAddresses([textToken(text)], { toHref: (url) => url, step })
    .map(({ type, content }) => ({ link_open: '[', link_close: ']' })[type] ?? content)
    .join('');
}

/** How many characters regular expressions match to find the addresses of a text. */
function countMatched(text: string): number {
  const { exec } = RegExp.prototype;
  let matched = 0;
  const spy = vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, input) {
    const found = exec.call(this, input);
    matched += found?.[0].length ?? 0;
    return found;
  });
  link(text);
  spy.mockRestore();
  return matched;
}

describe('linkAddresses', () => {
  it.each([
    ['www.a_b*www.c.example*', 'www.a_b*[www.c.example]*'],
    ['www.a_b@c.example', '[www.a_b@c.example]'],
    ['www.a.b_. www.a.b_c.', '[www.a.b]_. www.a.b_c.'],
    ['www.a.b_&lt;) www.a.b_&lt;c', '[www.a.b]_&lt;) www.a.b_&lt;c'],
    ['a@b.c+@d.e', '[a@b.c][+@d.e]'],
    ['a/b@c.example b@c.example', 'a/b@c.example [b@c.example]'],
    ['пишите,a@b.example', 'пишите,[a@b.example]'],
  ])('links in %j', (text, linked) => {
    expect(link(text)).toBe(linked);
  });

  it('links no address that is too long', () => {
    expect(link(`www.a.b/${'c'.repeat(2_100)} www.d.e`)).toMatch(/c \[www\.d\.e\]$/);
    expect(link(`www.a.b/${'c'.repeat(2_100)}`)).not.toContain('[');
    expect(link(`${'a'.repeat(64)}@b.c`)).toContain('[');
    expect(link(`${'a'.repeat(65)}@b.c`)).not.toContain('[');
  });

  it.each([
    'www.a_',
    'www.a_b(',
    'www.a.b_(',
    'www.a.b_*(',
    '(www.',
    '_www.',
    '*www.a_',
    'www.a.b/(',
    'www.a.b)))',
    ' www.a.b/&amp;',
    '@',
    'a@',
    'a@b_',
    'a@b.c_',
    '/@b.c',
    `${'a'.repeat(64)}@`,
    `${'a'.repeat(150)} ${'@'.repeat(150)}`,
    `${'a'.repeat(250)} ${'@'.repeat(49)}`,
  ])('reads no part of a text again and again: %j', (unit) => {
    const text = unit.repeat(16_000 / unit.length);
    expect(countMatched(text)).toBeLessThan(16 * text.length);
  });

  it.each(['(www.', '@', 'a/'])('takes a step for each %j', (unit) => {
    const step = vi.fn();
    link(unit.repeat(1_000), step);
    expect(step.mock.calls.length).toBeGreaterThanOrEqual(1_000);
  });
});
