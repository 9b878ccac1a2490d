import { expect, it } from 'vitest';
import { maskAddress } from './mask-address';

it.each([
  ['alice@example.com', 'a…e@example.com'],
  ['bob@example.com', 'b…b@example.com'],
  ['al@example.com', 'a…@example.com'],
  ['a@example.com', 'a…@example.com'],
  ['"a@b"@example.com', '"…"@example.com'],
])('%s is told as %s', (email, told) => {
  expect(maskAddress(email)).toBe(told);
});
