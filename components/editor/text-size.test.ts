import { expect, it } from 'vitest';
import { sizeFrom, utf8Length } from './text-size';

it.each(['', 'ascii', 'ünïcode', 'русский', '漢字', 'a😀b', '\u0000\u007f\u0080\u07ff\u0800\uffff'])(
  'counts the bytes of %j as an encoder does',
  (text) => {
    expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
  },
);

it('tells a size only from the floor on', () => {
  expect(sizeFrom(['a'.repeat(50), 'b'.repeat(30)], 80)).toBe(80);
  expect(sizeFrom(['a'.repeat(79)], 80)).toBe(0);
  expect(sizeFrom(['ж'.repeat(40)], 80)).toBe(80);
});
