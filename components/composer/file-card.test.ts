import { describe, expect, it } from 'vitest';
import { EMPTY_FILE } from './draft';
import { addFiles, moveCard, neighbourOf, toCards } from './file-card';

const named = (name: string) => ({ ...EMPTY_FILE, name, text: name });
const cards = toCards([named('a'), named('b'), named('c')], 4);
const names = (files: readonly { name: string }[]) => files.map(({ name }) => name).join('');

it('numbers cards on', () => {
  expect(cards.map(({ key }) => key)).toEqual([4, 5, 6]);
});

describe('moveCard', () => {
  it.each([
    [4, 1, 'bac'],
    [4, -1, 'abc'],
    [6, 1, 'abc'],
    [6, -2, 'cab'],
    [99, 1, 'abc'],
  ])('moves %i by %i', (key, by, expected) => {
    expect(names(moveCard(cards, key, by))).toBe(expected);
  });
});

it.each([
  [4, 5],
  [5, 6],
  [6, 5],
])('beside %i stands %i', (key, neighbour) => {
  expect(neighbourOf(cards, key)).toBe(neighbour);
});

describe('addFiles', () => {
  it('takes the place of a file never filled in', () => {
    const blank = { cards: toCards([EMPTY_FILE], 0), texts: [EMPTY_FILE] };
    expect(names(addFiles(blank, toCards([named('x'), named('y')], 1)))).toBe('xy');
  });

  it('comes after what has been typed', () => {
    const typed = { cards: toCards([EMPTY_FILE], 0), texts: [named('typed')] };
    const added = addFiles(typed, toCards([named('x')], 1));
    expect(added.map(({ key }) => key)).toEqual([0, 1]);
  });
});
