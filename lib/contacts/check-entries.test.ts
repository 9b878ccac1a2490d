import { describe, expect, it } from 'vitest';
import { finish } from '@/scripts/finish-steps';
import type { EntryFields } from './book-entry';
import { checkEntries } from './check-entries';
import { MAX_INFO_LENGTH } from './schema';

const entry = (fields: Partial<EntryFields>) => ({
  line: 1,
  fields: { first_name: 'Ada', emails: [], phones: [], ...fields },
  faults: [],
});

const check = (fields: Partial<EntryFields>, options = {}) => finish(checkEntries([entry(fields)], options));

describe('checkEntries', () => {
  it('tells addresses and numbers from what is none, which goes to the notes', () => {
    const { people, faulty } = check({
      emails: ['/o=Exchange/cn=Ada', 'Ada@Example.com', 'ada@example.com', 'a@example.org'],
      phones: ['112', '+44 20 7946 0958', '+442079460958', '020 7946 0959'],
      birthday: 'spring',
      info: 'met in 1833, call 020 7946 0959\n',
    });
    expect(faulty).toEqual([]);
    expect(people).toMatchObject([
      {
        emails: ['ada@example.com', 'a@example.org'],
        phones: ['+442079460958', '02079460959'],
        birthday: null,
        info: 'met in 1833, call 020 7946 0959\n',
        others: ['/o=Exchange/cn=Ada', '112', 'spring'],
      },
    ]);
  });

  it('leaves notes alone where everything has its field', () => {
    const { people } = check({
      emails: ['ada@example.com'],
      phones: ['1234567890'],
      birthday: '1990-12-10',
      info: ' \n two\n\n',
    });
    expect(people).toMatchObject([{ birthday: '1990-12-10', info: ' \n two\n\n' }]);
  });

  it('breaks lines in one way, as they are kept', () => {
    expect(check({ info: 'one\r\ntwo\rthree' }).people).toMatchObject([{ info: 'one\ntwo\nthree' }]);
  });

  it('notes a birthday that is still to come', () => {
    expect(check({ birthday: '2999-01-01' }).people).toMatchObject([
      { birthday: null, others: ['2999-01-01'] },
    ]);
  });

  it.each([
    [{ emails: ['a@example.com'], phones: ['1234567890'] }, 'a@example.com'],
    [{ phones: ['112'] }, '112'],
  ])('calls somebody without a name by %j', (fields, name) => {
    expect(check({ first_name: ' ', ...fields }).people).toMatchObject([{ first_name: name }]);
  });

  it('says all that is wrong with an entry, and keeps the others', () => {
    const long = 'x'.repeat(MAX_INFO_LENGTH + 1);
    expect(
      finish(
        checkEntries([entry({ first_name: 'Bo\nb', info: long }), entry({}), entry({ first_name: '' })]),
      ),
    ).toEqual({
      shortened: [],
      people: [expect.objectContaining({ first_name: 'Ada' })],
      faulty: [
        {
          line: 1,
          faults: [
            { path: 'first_name', message: 'control_characters' },
            { path: 'info', message: 'info_too_long' },
          ],
        },
        { line: 1, faults: [{ path: 'first_name', message: 'first_name_missing' }] },
      ],
    });
  });

  it('takes notes that are full of other numbers for too long, rather than to lose one', () => {
    const { faulty } = check({ phones: ['1234567890', '0987654321'], info: 'x'.repeat(MAX_INFO_LENGTH) });
    expect(faulty).toEqual([{ line: 1, faults: [{ path: 'info', message: 'info_too_long' }] }]);
  });

  it('shortens only when it may, by characters, and keeps a name whole in the notes', () => {
    const fields = { first_name: `${'𝔘'.repeat(50)} `, last_name: 'y'.repeat(51), info: '𝔘'.repeat(600) };
    expect(check(fields).people).toEqual([]);
    const [input] = check(fields, { mayShorten: true }).people;
    expect(input).toMatchObject({ first_name: '𝔘'.repeat(50), last_name: `${'y'.repeat(49)}…` });
    expect([...(input?.info ?? '')]).toHaveLength(MAX_INFO_LENGTH);
    expect(input?.info).toMatch(/^(𝔘){50} {1,2}y{51}\n𝔘+…$/u);
  });
});
