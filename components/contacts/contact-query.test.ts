import { describe, expect, it } from 'vitest';
import { contactsHref, readContactDone, readContactQuery, readImported, readLines } from './contact-query';

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
    expect(readImported('12.3.4.1.2')).toEqual({
      created: 12,
      completed: 3,
      skipped: 4,
      left: 1,
      crowded: 2,
    });
  });

  it.each([undefined, '', 'added', `praised.${ID}`, 'added.<b>', 'added.'])('is null for %j', (value) => {
    expect(readContactDone(value)).toBeNull();
  });

  it.each([undefined, '', '1.2.3', '1.2.3.x', '-1.2.3.4'])('is not an import for %j', (value) => {
    expect(readImported(value)).toBeNull();
  });
});

describe('readLines', () => {
  it('reads up to twenty line numbers, and nothing else', () => {
    expect(readLines('5.17')).toEqual([5, 17]);
    const twenty = Array.from({ length: 20 }, (_, n) => n);
    expect(readLines(twenty.join('.'))).toEqual(twenty);
    for (const value of [undefined, '', '5.', 'a', '1e3', '5,17', [...twenty, 20].join('.')]) {
      expect(readLines(value)).toEqual([]);
    }
  });
});
