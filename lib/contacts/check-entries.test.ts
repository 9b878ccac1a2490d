import { describe, expect, it } from 'vitest';
import { runToEnd } from '../core/time-slicing';
import { checkEntries } from './check-entries';
import type { EntryFields } from './import-entry';
import { MAX_INFO_LENGTH } from './schema';

const entry = (fields: Partial<EntryFields>) => ({
  line: 1,
  fields: { first_name: 'Ada', emails: [], phones: [], ...fields },
  faults: [],
});

const check = (fields: Partial<EntryFields>) => runToEnd(checkEntries([entry(fields)]));

describe('checkEntries', () => {
  it('puts invalid email addresses, phone numbers and birthdays into the notes', () => {
    const { valid, faulty } = check({
      emails: ['/o=Exchange/cn=Ada', 'Ada@Example.com', 'ada@example.com', 'a@example.org'],
      phones: ['112', '+44 20 7946 0958', '+442079460958', '020 7946 0959'],
      birthday: 'spring',
      info: 'met in 1833, call 020 7946 0959\n',
    });
    expect(faulty).toEqual([]);
    expect(valid).toMatchObject([
      {
        emails: ['ada@example.com', 'a@example.org'],
        phones: ['+442079460958', '02079460959'],
        birthday: null,
        info: 'met in 1833, call 020 7946 0959\n',
        others: ['/o=Exchange/cn=Ada', '112', 'Birthday: spring'],
      },
    ]);
  });

  it('does not change the notes if every value has its field', () => {
    const { valid } = check({
      emails: ['ada@example.com'],
      phones: ['1234567890'],
      birthday: '1990-12-10',
      info: ' \n two\n\n',
    });
    expect(valid).toMatchObject([{ birthday: '1990-12-10', info: ' \n two\n\n' }]);
  });

  it('normalizes line breaks', () => {
    expect(check({ info: 'one\r\ntwo\rthree' }).valid).toMatchObject([{ info: 'one\ntwo\nthree' }]);
  });

  it.each(['2999-01-01', '1604-12-09'])('puts the birthday %s into the notes', (birthday) => {
    expect(check({ birthday }).valid).toMatchObject([{ birthday: null, others: [`Birthday: ${birthday}`] }]);
  });

  it.each([
    [{ emails: ['a@example.com'], phones: ['1234567890'] }, 'a@example.com'],
    [{ phones: ['112'] }, '112'],
  ])('uses %j as the name of an entry without one', (fields, name) => {
    expect(check({ first_name: ' ', ...fields }).valid).toMatchObject([{ first_name: name }]);
  });

  it('reports all errors of an entry, and accepts the others', () => {
    const entries = [{ first_name: 'Bo\nb', last_name: 'a\tb' }, {}, { first_name: '' }].map(entry);
    expect(runToEnd(checkEntries(entries))).toEqual({
      shortened: [],
      valid: [expect.objectContaining({ first_name: 'Ada' })],
      faulty: [
        {
          line: 1,
          name: 'Bo\nb a\tb',
          faults: [
            { path: 'first_name', message: 'control_characters' },
            { path: 'last_name', message: 'control_characters' },
          ],
        },
        { line: 1, name: '', faults: [{ path: 'first_name', message: 'first_name_missing' }] },
      ],
    });
  });

  it('shortens notes without room for the other phone numbers, and says so', () => {
    const checked = check({ phones: ['1234567890', '0987654321'], info: 'x'.repeat(MAX_INFO_LENGTH) });
    expect(checked).toMatchObject({ faulty: [], shortened: [1], valid: [{ phones: ['1234567890'] }] });
  });

  it('shortens by characters, and keeps the whole name in the notes', () => {
    const fields = { first_name: `${'𝔘'.repeat(50)} `, last_name: 'y'.repeat(51), info: '𝔘'.repeat(600) };
    const [input] = check(fields).valid;
    expect(input).toMatchObject({ first_name: '𝔘'.repeat(50), last_name: `${'y'.repeat(49)}…` });
    expect([...(input?.info ?? '')]).toHaveLength(MAX_INFO_LENGTH);
    expect(input?.info).toMatch(/^(𝔘){50} {1,2}y{51}\n𝔘+…$/u);
  });
});
