import { expect, it } from 'vitest';
import { splitLinks } from './split-links';

it('finds the addresses of a text and keeps all the rest', () => {
  const text = 'Open http://localhost:3000/verify-email?token=a_b-c\nor https://x.example/y now';
  const parts = splitLinks(text);
  expect(parts.map((part) => part.text).join('')).toBe(text);
  expect(parts.filter((part) => part.isLink).map((part) => part.text)).toEqual([
    'http://localhost:3000/verify-email?token=a_b-c',
    'https://x.example/y',
  ]);
  for (const part of parts) expect(text.startsWith(part.text, part.start)).toBe(true);
});

it('links only web addresses', () => {
  expect(splitLinks('javascript:alert(1)')).toEqual([
    { start: 0, text: 'javascript:alert(1)', isLink: false },
  ]);
  expect(splitLinks('')).toEqual([]);
});
