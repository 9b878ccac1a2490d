import { expect, it } from 'vitest';
import { visibleText } from './display-text';

it.each(['...', ' 🧾 ', 'ё', 'notes‮txt', 'שלום', '👩‍💻'])('shows %j', (text) => {
  expect(visibleText(text)).not.toBe('');
  expect(visibleText(text)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
});

it.each(['', '   ', '\u200b\u200d', '\u3164', '\u2800\u2800', '\u202e'])(
  'has nothing to show of %j',
  (text) => {
    expect(visibleText(text)).toBe('');
  },
);
