import { expect, it } from 'vitest';
import { runToEnd } from '../core/time-slicing';
import { groupSimilarNames } from './similar-names';

const group = (...names: string[]) =>
  runToEnd(groupSimilarNames(names.map((name) => ({ name })))).map((members) =>
    members.map(({ name }) => name),
  );

it('groups names that differ in diacritics, word order and case, but not in letters', () => {
  expect(group('ёлка', 'елка', 'й', 'и', 'a b', 'b,  a', 'a')).toEqual([
    ['a b', 'b,  a', 'a'],
    ['ёлка', 'елка'],
  ]);
});

it.each([
  [['John Smith', 'J. Smith'], true],
  [['Maria Lopez', 'Dr. Maria Lopez'], true],
  [['Иван Петров', 'Иван Сергеевич Петров', 'Петров Иван С.'], true],
  [['Anna', 'Anna Petrova'], true],
  [['John Smith Sr.', 'John Smith Jr.'], false],
  [['Anna Petrova', 'Boris Petrova'], false],
  [['Anna', 'Bo Anna Petrova'], false],
  [['John Smith', 'Joan Smith'], false],
])('%j: perhaps one person is %s', (names, expected) => {
  expect(group(...names)).toEqual(expected ? [expect.arrayContaining(names)] : []);
});

it('does not group a name with several longer forms', () => {
  expect(group('Anna', 'Anna Petrova', 'Anna Sidorova')).toEqual([]);
  expect(group('J. Smith', 'John Smith', 'Jane Smith', 'john smith')).toEqual([['John Smith', 'john smith']]);
});

it('groups twenty thousand names, also those with very many longer forms', () => {
  const pairs = Array.from({ length: 9_000 }, (_, n) => [`Ann${n} Lee`, `Ann${n} Maria Lee`]).flat();
  expect(group(...pairs, ...Array.from({ length: 2_000 }, (_, n) => `Bo Li${n}`), 'Bo')).toHaveLength(9_000);
});

it('pauses after few names, of which each has many shorter forms', () => {
  const names = Array.from({ length: 20_000 }, (_, n) => ({ name: `a${n} b c d e f g h` }));
  const task = groupSimilarNames(names);
  let yields = 0;
  while (!task.next().done) yields += 1;
  expect(yields).toBeGreaterThan(names.length / 100);
});
