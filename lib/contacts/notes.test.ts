import { expect, it } from 'vitest';
import { Notes } from './notes';

it.each([
  ['Since 2024-11-25', '112', false],
  ['joanna@mail.ru', 'anna@mail.ru', false],
  ['mail Anna@mail.ru, please', 'anna@mail.ru', true],
  ['call +44 20 7946 0958 or 112', '+442079460958', true],
  ['call +44 20 7946 0958 or 112', '112', true],
  ['8 (495) 123-45-67', '+74951234567', true],
  ['+79161234567\n100', '89161234567', true],
  ['one\n Spring \ntwo', 'spring', true],
  ['in spring we met', 'spring day', false],
  ['anything', '  ', true],
])('whether the notes %j contain %j: %s', (notes, text, expected) => {
  expect(new Notes(notes).has(text)).toBe(expected);
});
