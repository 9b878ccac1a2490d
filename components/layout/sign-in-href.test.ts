import { expect, it } from 'vitest';
import { signInHrefFrom } from './sign-in-href';

it.each([
  ['/', '/login?next=%2F'],
  ['/explore?q=a%26b', '/login?next=%2Fexplore%3Fq%3Da%2526b'],
  ['/abc?saved', '/login?next=%2Fabc'],
  ['/abc?saved&view=source', '/login?next=%2Fabc%3Fview%3Dsource'],
  ['/login?next=%2Fme', '/login'],
  ['/register', '/login'],
  ['/verify-email?token=x', '/login'],
  ['/login-notes', '/login?next=%2Flogin-notes'],
])('from %s is %s', (here, href) => {
  expect(signInHrefFrom(here)).toBe(href);
});
