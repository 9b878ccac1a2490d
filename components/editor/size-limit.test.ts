import { EditorState } from '@codemirror/state';
import { expect, it, vi } from 'vitest';
import { limitSize } from './size-limit';

const MAX = 10_000;

it.each([
  ['fits exactly', '', 'a'.repeat(MAX), true],
  ['is one character too long', '', 'a'.repeat(MAX + 1), false],
  ['is too long with what is there', 'a'.repeat(6_000), 'a'.repeat(6_000), false],
  ['has few characters of many bytes', '', 'я'.repeat(MAX / 2 + 1), false],
  ['has as many such characters as fit', '', 'я'.repeat(MAX / 2), true],
  ['has pairs, of four bytes each', '', '😀'.repeat(MAX / 4), true],
])('a text that %s', async (_, before, pasted, fits) => {
  const onRefused = vi.fn();
  const state = EditorState.create({ doc: before, extensions: limitSize(MAX, onRefused) });
  const after = state.update({ changes: { from: before.length, insert: pasted } }).state.doc.toString();
  expect(after).toBe(fits ? before + pasted : before);
  await Promise.resolve();
  expect(onRefused).toHaveBeenCalledTimes(fits ? 0 : 1);
});

it('a text that takes the place of one of more characters is counted', () => {
  const state = EditorState.create({ doc: 'a'.repeat(MAX), extensions: limitSize(MAX, () => {}) });
  const replaceAll = (insert: string) =>
    state.update({ changes: { from: 0, to: MAX, insert } }).state.doc.length;
  expect(replaceAll('я'.repeat(MAX / 2 + 1))).toBe(MAX);
  expect(replaceAll('я'.repeat(MAX / 2))).toBe(MAX / 2);
});

it('a text that is too long already can be shortened', () => {
  const state = EditorState.create({ doc: 'a'.repeat(MAX * 2), extensions: limitSize(MAX, () => {}) });
  expect(state.update({ changes: { from: 0, to: 5_000 } }).state.doc.length).toBe(MAX * 2 - 5_000);
});
