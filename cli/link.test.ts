import { expect, it } from 'vitest';
import { parseHost, parseLink } from './link';

it('takes the origin of a host', () => {
  expect(parseHost('sheaf.example')).toBe('https://sheaf.example');
  expect(parseHost('http://localhost:3000/')).toBe('http://localhost:3000');
  expect(parseHost('https://пример.рф')).toBe('https://xn--e1afmkfd.xn--p1ai');
});

it.each([
  '',
  'ftp://sheaf.example',
  'https://a:b@sheaf.example',
  'https://sheaf.example/x',
  'a b',
  'file:///etc',
])('refuses %j as a host', (text) => {
  expect(() => parseHost(text)).toThrow(/is not the address of a host/);
});

it('separates the key from the link', () => {
  const link = { host: 'https://sheaf.example', slug: '7hPq3nXv9KdR' };
  expect(parseLink('https://sheaf.example/7hPq3nXv9KdR', undefined)).toEqual({ ...link, hash: '' });
  expect(parseLink('https://sheaf.example/7hPq3nXv9KdR.md?saved=1#AGE#x', undefined)).toEqual({
    ...link,
    hash: '#AGE#x',
  });
  expect(parseLink('7hPq3nXv9KdR#AGE', 'https://sheaf.example')).toEqual({ ...link, hash: '#AGE' });
});

it.each([
  '7hPq3nXv9KdR',
  'https://sheaf.example/',
  'https://sheaf.example/a/b',
  'https://sheaf.example/a%2fb',
  '',
])('refuses %j as a link, without repeating a key', (text) => {
  expect(() => parseLink(`${text}#AGE-SECRET-KEY-1`, undefined)).toThrow(/is not the link of a paste/);
  expect(() => parseLink(`${text}#AGE-SECRET-KEY-1`, undefined)).not.toThrow(/AGE/);
});
