import { expect, it } from 'vitest';
import { MAX_PREVIEW_LINE, previewOf } from './preview';

it.each([
  ['one line', 'one line'],
  ['\ufeff\r\n  \r\nfirst  \r\n\r\n\tsecond\rthird', 'first\n  second'],
  ['a\u202eb\u2066c', 'abc'],
  ['\u001b[31;1merror\u001b[0m: no', 'error: no'],
  ['a\u0085b\u2028c\u000cd', 'abcd'],
  ['\u2003\u200b\n\u3164\nink', 'ink'],
])('of %j is %j', (text, preview) => {
  expect(previewOf(text)).toBe(preview);
});

it.each(['', ' \n\t\n', '\u200b', 'PNG\r\n\u001a\n', 'a\ufffdb', '\u0001', `${'\n'.repeat(5_000)}far away`])(
  'is null for %j',
  (text) => {
    expect(previewOf(text)).toBeNull();
  },
);

it('cuts long lines between characters', () => {
  const even = previewOf(`${'😀'.repeat(500)}\n${'x'.repeat(500)}`);
  expect(even).toBe(`${'😀'.repeat(MAX_PREVIEW_LINE / 2)}\n${'x'.repeat(MAX_PREVIEW_LINE)}`);
  const odd = previewOf(`a${'😀'.repeat(500)}`) ?? '';
  expect(odd).toHaveLength(MAX_PREVIEW_LINE - 1);
  expect(odd.isWellFormed()).toBe(true);
  expect((previewOf('😀'.repeat(100_000)) ?? '').isWellFormed()).toBe(true);
});

it('does not end with half of a character where it stops looking', () => {
  const first = 'a'.repeat(4_090);
  expect(previewOf(`${first}\nbcde😀`)).toBe(`${first.slice(0, MAX_PREVIEW_LINE)}\nbcde`);
});
