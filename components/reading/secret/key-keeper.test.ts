import { describe, expect, it } from 'vitest';
import { newKey } from '@/lib/encryption/keys';
import { secretHash } from './key-keeper';

const key = await newKey();
const { toHash, toPlace } = secretHash(key);

describe('secretHash', () => {
  it.each(['', '#L3', '#f2-L3-L5', '#file-2', '#md1-a%20b'])('keeps the key with the place %j', (place) => {
    expect(toHash(place)).toBe(place === '' ? `#${key}` : `#${key}&${place.slice(1)}`);
    expect(toPlace(toHash(place))).toBe(place);
  });

  it('takes a fragment without a key as a place', () => {
    expect(toPlace('#main')).toBe('#main');
    expect(toPlace('')).toBe('');
    expect(toPlace(`#${key.toLowerCase()}&L3`)).toBe('#L3');
  });
});
