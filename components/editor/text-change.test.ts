import { describe, expect, it } from 'vitest';
import { changeBetween } from './text-change';

describe('changeBetween', () => {
  it.each([
    ['', 'abc'],
    ['abc', ''],
    ['abc', 'abXc'],
    ['aaaa', 'aaa'],
    ['aa', 'aaaa'],
    ['one two', 'one 2 two'],
  ])('makes %j into %j', (before, after) => {
    const change = changeBetween(before, after);
    expect(change).not.toBeNull();
    if (!change) return;
    expect(before.slice(0, change.from) + change.insert + before.slice(change.to)).toBe(after);
  });

  it('touches nothing but what differs', () => {
    expect(changeBetween('one two three', 'one 2 three')).toEqual({ from: 4, to: 7, insert: '2' });
    expect(changeBetween('same', 'same')).toBeNull();
  });
});
