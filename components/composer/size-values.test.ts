import { expect, it } from 'vitest';
import { sizeValues } from './size-values';

it.each([
  [8 * 1024 * 1024, { max: 8, unit: 'MiB' }],
  [1024 * 1024, { max: 1, unit: 'MiB' }],
  [1500 * 1024, { max: 1500, unit: 'KiB' }],
  [64 * 1024, { max: 64, unit: 'KiB' }],
])('sizeValues says %d bytes in whole numbers', (bytes, said) => {
  expect(sizeValues(bytes)).toEqual(said);
});
