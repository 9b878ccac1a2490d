import { expect, it } from 'vitest';
import { printable, withoutControls } from './printable';

it('makes one line without control characters of any text', () => {
  expect(printable('a\u001b]0;title\u0007\nb\u009bc\u202ed\u2028')).toBe(
    'a\ufffd]0;title\ufffd\ufffdb\ufffdc\ufffdd\ufffd',
  );
  expect(printable('€'.repeat(1_000))).toBe(`${'€'.repeat(300)}…`);
  expect(printable('план 🙂')).toBe('план 🙂');
});

it('shows the control characters of a text as symbols', () => {
  expect(withoutControls('a\tb\r\nc\n\u001b[31m\u0000\u007f\u009b\rd')).toBe('a\tb\r\nc\n␛[31m␀␡\ufffd␍d');
});
