import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { assertBuilt, type Comparison, judge } from './against';

const figure = (title: string, before: number[], after: number[]): Comparison => ({
  title: `1 MB of TypeScript: ${title}`,
  digits: 0,
  before,
  after,
});

const verdictsOf = (visible: number[], tasks: number[]) =>
  judge([
    figure('text visible, ms', [1_000, 1_000, 2_000], visible),
    figure('longest task, ms', [90, 90, 90], tasks),
  ]).map(({ isMet, measured }) => [isMet, measured]);

it('judges by the ratio of each round and by the longest task of this version', () => {
  expect(verdictsOf([850, 900, 1_900], [80, 100, 300])).toEqual([
    [true, '0.90 (0.85–0.95)'],
    [true, '100 (80–300) ms'],
  ]);
  expect(verdictsOf([910, 920, 1_000], [80, 101, 102])).toEqual([
    [false, '0.91 (0.50–0.92)'],
    [false, '101 (80–102) ms'],
  ]);
});

it('meets no target that was not measured', () => {
  expect(judge([]).map(({ isMet }) => isMet)).toEqual([false, false]);
});

it('names the folder that has no build', () => {
  expect(() => assertBuilt(tmpdir())).toThrow(
    `There is no build in ${tmpdir()}: run npm ci && npm run build there first.`,
  );
});
