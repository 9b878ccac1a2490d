import { expect, it } from 'vitest';
import type { ProcessMemory } from './memory';
import { compareQuarters } from './steady-memory';

const MB = 1_000_000;

function look(megabytes: Record<string, number>): ProcessMemory[] {
  return Object.entries(megabytes).map(([name, pss], pid) => ({ pid, name, pss: pss * MB }));
}

it('shows which process grows between the second quarter and the last', () => {
  const samples = [10, 20, 100, 102, 110, 120, 138, 142].map((front) => look({ front, next: 50 }));
  expect(compareQuarters(samples)).toEqual({
    rows: [
      ['all processes', '65', '151', '165', '190', '39.0'],
      ['front', '15', '101', '115', '140', '39.0'],
      ['next', '50', '50', '50', '50', '0.0'],
    ],
    before: 151,
    after: 190,
  });
});

it('counts the connections of Postgres, which come and go, as one process', () => {
  const few = look({ 'postgres: checkpointer': 2, 'postgres: sheaf 1': 8 });
  const many = look({ 'postgres: checkpointer': 2, 'postgres: sheaf 2': 3, 'postgres: sheaf 3': 6 });
  expect(compareQuarters([few, many, few, many]).rows).toEqual([
    ['all processes', '10', '11', '10', '11', '0.0'],
    ['postgres', '10', '11', '10', '11', '0.0'],
  ]);
});

it('takes medians, which one look in a quarter does not move', () => {
  const steady = look({ front: 100 });
  const samples = Array.from({ length: 12 }, (_, n) => (n % 3 === 0 ? look({ front: 900 }) : steady));
  expect(compareQuarters(samples)).toMatchObject({ before: 100, after: 100 });
});

it('counts a process that has ended as nothing', () => {
  const [both, one] = [look({ front: 100, next: 40 }), look({ front: 100, 'process 7': 0 })];
  const { rows, before, after } = compareQuarters([both, both, one, one]);
  expect([before, after]).toEqual([140, 100]);
  expect(rows.map(([name]) => name)).toEqual(['all processes', 'front', 'next']);
});
