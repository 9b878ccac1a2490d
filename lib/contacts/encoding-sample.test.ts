import { expect, it } from 'vitest';
import { findEncodingSample } from './encoding-sample';

const read = (bytes: Uint8Array, encoding: string) =>
  new TextDecoder(encoding).decode(findEncodingSample(bytes) ?? undefined);

it('is the first cell that is not ASCII', () => {
  const bytes = Buffer.from('Name,Email\r\nAda,a@example.com\r\n"Zo\xeb Quinn",x\r\nJos\xe9,y', 'latin1');
  expect(read(bytes, 'windows-1252')).toBe('Zoë Quinn');
  expect(read(bytes, 'windows-1251')).toBe('Zoл Quinn');
});

it('is short', () => {
  const bytes = Buffer.from(`${'a'.repeat(99)}\xeb${'b'.repeat(99)}`, 'latin1');
  expect(read(bytes, 'windows-1252')).toBe(`${'a'.repeat(16)}ë${'b'.repeat(15)}`);
});

it('is null for ASCII', () => {
  expect(findEncodingSample(Buffer.from('Ada'))).toBeNull();
});
