import { expect, it } from 'vitest';
import { countTicks } from './processor-time';

it('adds the times of the process and of its ended children', () => {
  const before = '42 (a ) R (b)) S 1 42 42 0 -1 4194560 100 200 300 400';
  expect(countTicks(`${before} 7 20 300 4000 20 0 1 0 12345 678`)).toBe(4_327);
});

it('counts nothing for a process that has ended', () => {
  expect(countTicks('')).toBe(0);
});
