import { expect, it } from 'vitest';
import { faultyFile } from './form-fields';

it.each([
  [{}, -1],
  [{ title: 'x' }, -1],
  [{ title: 'x', 'files.3.name': 'x', 'files.12.content': 'x' }, 3],
  [{ 'files.12.content': 'x' }, 12],
])('finds the first file with a fault in %j', (faults, index) => {
  expect(faultyFile(faults)).toBe(index);
});
