import { describe, expect, it } from 'vitest';
import { contactsHref, readContactDone, readContactQuery } from './contact-query';

const ID = '019aa2c4-7b5e-7c3e-9d1f-0123456789ab';

it('readContactQuery cleans up the search, and requests fifty contacts', () => {
  expect(readContactQuery({ q: ` 100%\0_${'x'.repeat(500)}`, cursor: '' })).toEqual({
    search: expect.stringMatching(/^100%_x{194}$/),
    limit: 50,
  });
  expect(readContactQuery({ q: [' ', 'b'] })).toEqual({ limit: 50 });
});

it('contactsHref has the search and the cursor', () => {
  expect(contactsHref({})).toBe('/contacts');
  expect(contactsHref({ search: 'a&b', cursor: 'x' })).toBe('/contacts?q=a%26b&cursor=x');
});

describe('what was just done', () => {
  it('is read', () => {
    expect(readContactDone(`added.${ID}`)).toEqual({ done: 'added', id: ID });
  });

  it.each([undefined, '', 'added', `praised.${ID}`, 'added.<b>', 'added.'])('is null for %j', (value) => {
    expect(readContactDone(value)).toBeNull();
  });
});
