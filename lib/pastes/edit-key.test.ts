import { expect, it } from 'vitest';
import {
  addToRing,
  type EditKeyRing,
  findInRing,
  newEditKey,
  parseEditKeyRing,
  removeFromRing,
  serializeEditKeyRing,
} from './edit-key';
import { newSlug } from './slug';

it('keeps the newest 50 keys in a cookie of less than 4 KB', () => {
  let ring: EditKeyRing = [];
  const made = Array.from({ length: 60 }, () => ({ slug: newSlug(), key: newEditKey() }));
  for (const entry of made) ring = addToRing(ring, entry);
  const cookie = serializeEditKeyRing(ring);
  expect(encodeURIComponent(cookie)).toBe(cookie);
  expect(cookie.length).toBeLessThan(4_000);
  expect(parseEditKeyRing(cookie)).toEqual(made.slice(10).reverse());
});

it('replaces and removes by slug', () => {
  const slug = newSlug();
  const [first, second] = [newEditKey(), newEditKey()];
  const ring = addToRing(addToRing([], { slug, key: first }), { slug, key: second });
  expect(ring).toHaveLength(1);
  expect(findInRing(ring, slug)).toBe(second);
  expect(findInRing(removeFromRing(ring, slug), slug)).toBeNull();
});

it.each([undefined, '', '~', '..', 'abc~short', `../x~${'a'.repeat(22)}`, '~'.repeat(5_000)])(
  'makes nothing of the cookie %j',
  (cookie) => {
    expect(parseEditKeyRing(cookie)).toEqual([]);
  },
);
