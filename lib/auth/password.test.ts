import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password';

describe('verifyPassword', () => {
  it('knows the same characters however they are composed, and nothing that is merely like them', async () => {
    const stored = await hashPassword('cafe\u0301 au lait');
    expect(await verifyPassword(stored, 'caf\u00e9 au lait')).toBe(true);
    expect(await verifyPassword(stored, 'cafe au lait')).toBe(false);
    expect(await verifyPassword(stored, 'caf\u00e9 \u0430u lait')).toBe(false);
  });

  it('compares every character of a long one', async () => {
    const password = '\u{1f4dc}'.repeat(128);
    const stored = await hashPassword(password);
    expect(await verifyPassword(stored, password)).toBe(true);
    expect(await verifyPassword(stored, `${'\u{1f4dc}'.repeat(127)}a`)).toBe(false);
  });

  it('salts', async () => {
    expect(await hashPassword('the same')).not.toBe(await hashPassword('the same'));
  });

  it('starts the hash with the algorithm and its costs', async () => {
    expect(await hashPassword('a long walk by the sea')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  // Written by the `argon2` package, which Sheaf used before; some of its versions put `p` before `t`.
  it.each(['m=19456,t=2,p=1', 'm=19456,p=1,t=2'])(
    'verifies a hash that an earlier version stored with %s',
    async (costs) => {
      const stored = `$argon2id$v=19$${costs}$e4dQhRyXdZAxVttB9f7+jw$nDlWYfRngf35yY7CdpxqUfo2SF/awSwHLe/KzUnqJ2U`;
      expect(await verifyPassword(stored, 'a long walk by the sea')).toBe(true);
      expect(await verifyPassword(stored, 'a long walk by the see')).toBe(false);
    },
  );

  it('takes nothing where there is no hash', async () => {
    expect(await verifyPassword(null, 'nobody has this password')).toBe(false);
  });
});
