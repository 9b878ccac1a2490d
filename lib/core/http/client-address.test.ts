import { expect, it } from 'vitest';
import { limitSubject } from './client-address';

it('limitSubject is the /64 of an IPv6 address', () => {
  expect(limitSubject('203.0.113.5')).toBe('203.0.113.5');
  expect(limitSubject('2001:db8:0:1:2:3:4:5')).toBe('2001:db8:0:1::/64');
  expect(limitSubject('2001:DB8::1')).toBe('2001:db8:0:0::/64');
  expect(limitSubject('::1')).toBe('0:0:0:0::/64');
});
