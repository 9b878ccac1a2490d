import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password';

const CLIENT = { address: '203.0.113.7', isKnown: false };

describe('verifyPassword', () => {
  it('accepts any Unicode composition of the same characters, and no similar characters', async () => {
    const stored = await hashPassword('cafe\u0301 au lait', CLIENT);
    expect(await verifyPassword(stored, 'caf\u00e9 au lait', CLIENT)).toBe(true);
    expect(await verifyPassword(stored, 'cafe au lait', CLIENT)).toBe(false);
    expect(await verifyPassword(stored, 'caf\u00e9 \u0430u lait', CLIENT)).toBe(false);
  });

  it('compares every character of a long password', async () => {
    const password = '\u{1f4dc}'.repeat(128);
    const stored = await hashPassword(password, CLIENT);
    expect(await verifyPassword(stored, password, CLIENT)).toBe(true);
    expect(await verifyPassword(stored, `${'\u{1f4dc}'.repeat(127)}a`, CLIENT)).toBe(false);
  });

  it('salts the hash', async () => {
    expect(await hashPassword('the same', CLIENT)).not.toBe(await hashPassword('the same', CLIENT));
  });

  it('starts the hash with the algorithm and its parameters', async () => {
    expect(await hashPassword('a long walk by the sea', CLIENT)).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/,
    );
  });

  // Written by the `argon2` package, which Sheaf used before; some of its versions put `p` before `t`.
  it.each(['m=19456,t=2,p=1', 'm=19456,p=1,t=2'])(
    'verifies a hash that an earlier version stored with %s',
    async (costs) => {
      const stored = `$argon2id$v=19$${costs}$e4dQhRyXdZAxVttB9f7+jw$nDlWYfRngf35yY7CdpxqUfo2SF/awSwHLe/KzUnqJ2U`;
      expect(await verifyPassword(stored, 'a long walk by the sea', CLIENT)).toBe(true);
      expect(await verifyPassword(stored, 'a long walk by the see', CLIENT)).toBe(false);
    },
  );

  it('returns false without a hash', async () => {
    expect(await verifyPassword(null, 'no account has this password', CLIENT)).toBe(false);
  });
});
