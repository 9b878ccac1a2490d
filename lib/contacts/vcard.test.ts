import { describe, expect, it } from 'vitest';
import { runToEnd } from '../core/time-slicing';
import type { EntryFields } from './import-entry';
import { isVcard, readVcards as readVcardSteps } from './read-vcards';
import { type WrittenContact, writeVcard } from './vcard';

const readVcards = (text: string) => runToEnd(readVcardSteps(text)).entries;
const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');

function readOne(...lines: string[]): EntryFields {
  const [entry, ...others] = readVcards(card(...lines));
  expect(others).toEqual([]);
  expect(entry?.faults).toEqual([]);
  return entry?.fields ?? { first_name: 'no entry', emails: [], phones: [] };
}

describe('readVcards', () => {
  it('reads version 2.1, with quoted-printable and character sets', () => {
    const fields = readOne(
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9F=D0=B5=D1=82=D1=80=D0=BE=D0=B2;=D0=90=',
      '=D0=BD=D0=BD=D0=B0;;;',
      'TEL;CELL:+7 (912) 345-67-89',
      'TEL;HOME;PREF:84951234567',
      'EMAIL;INTERNET:anna@example.com',
      'BDAY:19900301',
      'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1251:=CF=F0=E8=E2=E5=F2=0D=0A=31',
      'PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD=',
      ' AAAA=',
      '',
    );
    expect(fields).toMatchObject({
      first_name: 'Анна',
      last_name: 'Петров',
      phones: ['84951234567', '+7 (912) 345-67-89'],
      emails: ['anna@example.com'],
      birthday: '1990-03-01',
      info: 'Привет\r\n1',
    });
  });

  it('loses nothing of a structured value with more parts than it reads', () => {
    const { extras } = readOne('VERSION:3.0', 'FN:Ada', `ADR:${';'.repeat(1_200)}1 Main St`);
    expect(extras?.join()).toMatch(/^Address: [; ]+1 Main St$/);
  });

  it('reads version 3.0, with groups, folded lines and escapes', () => {
    const fields = readOne(
      'VERSION:3.0',
      'PRODID:-//Apple Inc.//iOS 17//EN',
      'N:Love\\, lace\\;;Ada;Augusta;Dr.;',
      'FN:Dr. Ada Lovelace',
      'item1.EMAIL;type=INTERNET;type=pref:ada@exam',
      ' ple.com',
      'item1.X-ABLabel:work: "home"',
      'TEL;TYPE="cell,voice":+442079460958',
      'BDAY;VALUE=date:1815-12-10',
      'NOTE:First\\nsecond\\, with \\\\ and',
      '  a space',
      'CATEGORIES:myContacts,starred',
    );
    expect(fields).toEqual({
      first_name: 'Dr. Ada Augusta',
      last_name: 'Love, lace;',
      emails: ['ada@example.com'],
      phones: ['+442079460958'],
      birthday: '1815-12-10',
      info: 'First\nsecond, with \\ and a space',
      favorite: true,
      extras: ['Name: Dr. Ada Lovelace'],
    });
  });

  it('reads version 4.0, with preferred values first and fax numbers last', () => {
    const fields = readOne(
      'VERSION:4.0',
      'FN:Grace Brewster Hopper',
      'TEL;TYPE=work,fax:+15555550000',
      'EMAIL;PREF=2:second@example.com',
      'EMAIL;PREF=1:first@example.com',
      'EMAIL:third@example.com',
      'TEL;VALUE=uri;TYPE="voice,home":tel:+1-555-555-1234;ext=5',
      'BDAY:--1209',
    );
    expect(fields).toMatchObject({
      first_name: 'Grace',
      last_name: 'Brewster Hopper',
      emails: ['first@example.com', 'second@example.com', 'third@example.com'],
      phones: ['+1-555-555-1234 ext. 5', '+15555550000'],
    });
    expect(fields.birthday).toBeUndefined();
  });

  it.each([
    ['BDAY:--1209', undefined],
    ['BDAY:--12-09', undefined],
    ['BDAY:1990', undefined],
    ['BDAY:1990-12', undefined],
    ['BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-09', undefined],
    ['BDAY;VALUE=text:circa 1800', undefined],
    ['BDAY:1990-12-09T00:00:00Z', '1990-12-09'],
    ['BDAY:19901209T000000', '1990-12-09'],
    ['BDAY:soon', 'soon'],
  ])('reads %s as %s', (line, expected) => {
    expect(readOne('FN:A', line).birthday).toBe(expected);
  });

  it('takes the name from N, FN or ORG', () => {
    expect(readOne('N:Cher;;;;')).toMatchObject({ first_name: 'Cher', last_name: '' });
    expect(readOne('FN:', 'N:;;;;', 'ORG:Acme\\; Ltd;Sales')).toMatchObject({
      first_name: 'Acme;',
      last_name: 'Ltd',
    });
    expect(readOne('EMAIL:a@example.com').first_name).toBe('');
  });

  it('reports the line of each card, also after unclosed and nested cards', () => {
    const text = [
      '',
      'BEGIN:VCARD',
      'FN:One',
      'begin:vcard',
      'FN:Two',
      'AGENT:',
      'BEGIN:VCARD',
      'FN:Secretary',
      'TEL:1234567890',
      'END:VCARD',
      'EMAIL:two@example.com',
      'end:vcard',
      'FN:Outside',
      'BEGIN:VCARD',
      'no colon here',
      'FN:Three',
    ].join('\n');
    const found = readVcards(text).map(({ line, fields }) => [
      line,
      fields.first_name,
      fields.phones,
      fields.emails,
    ]);
    expect(found).toEqual([
      [2, 'One', [], []],
      [4, 'Two', [], ['two@example.com']],
      [14, 'Three', [], []],
    ]);
  });

  it.each(['KIND:group', 'X-ADDRESSBOOKSERVER-KIND:group'])('ignores a card with %s', (line) => {
    expect(readVcards(card('FN:Friends', line) + card('KIND:individual', 'FN:Ada'))).toMatchObject([
      { fields: { first_name: 'Ada' } },
    ]);
  });

  it.each(['UTF-8', 'no-such-charset'])('reads text that is not %s by a guess, and reports it', (charset) => {
    const text = card(`N;ENCODING=QUOTED-PRINTABLE;CHARSET=${charset}:M=FCller;A`, 'TEL:1');
    expect(runToEnd(readVcardSteps(text))).toMatchObject({
      entries: [{ fields: { first_name: 'A', last_name: 'Müller' }, faults: [] }],
      problems: [{ line: 1, name: 'A Müller', reason: 'encoding_guessed' }],
    });
  });

  it('reads the name from another property if its character set is unknown', () => {
    expect(readOne('N;ENCODING=QUOTED-PRINTABLE:=FF;A', 'FN:Anna B')).toMatchObject({
      first_name: 'Anna',
      last_name: 'B',
    });
  });

  it('reads all notes', () => {
    expect(readOne('FN:A', 'NOTE:one', 'NOTE:two').info).toBe('one\ntwo');
  });

  it.each([
    ['quotes that never end', `TEL;TYPE="${'"'.repeat(100_000)}`],
    ['semicolons', `${';'.repeat(500_000)}=`],
    ['equals signs', `NOTE;ENCODING=QUOTED-PRINTABLE:${'='.repeat(500_000)}`],
    ['backslashes', `N:${'\\'.repeat(500_001)}`],
    ['folds', `NOTE:a${'\r\n b'.repeat(100_000)}`],
    ['beginnings', 'BEGIN:VCARD\r\nAGENT:\r\n'.repeat(20_000)],
  ])('ends with %s', (_name, line) => {
    expect(readVcards(card('FN:A', line)).length).toBeGreaterThan(0);
  });
});

describe('writeVcard', () => {
  const bare = { last_name: '', email: null, phone: null, birthday: null, info: '', favorite: false };
  const contacts: WrittenContact[] = [
    { ...bare, first_name: 'Ada' },
    {
      first_name: 'A;da, \\n "x"',
      last_name: 'Ло:влейс',
      email: 'ada@example.com',
      phone: '+442079460958',
      birthday: '1990-12-10',
      info: `${'𝔘ё,;\\'.repeat(60)}\n\n  =3D\ttail \n`,
      favorite: true,
    },
    { ...bare, first_name: 'My dentist', favorite: false },
  ];

  it.each(contacts)('is read unchanged: $first_name', (contact) => {
    const text = writeVcard(contact);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(isVcard(text)).toBe(true);
    const [entry] = readVcards(text);
    const {
      emails = [],
      phones = [],
      birthday = null,
      info = '',
      favorite = false,
      ...names
    } = entry?.fields ?? {};
    const [email = null, phone = null] = [emails[0], phones[0]];
    expect({ ...names, email, phone, birthday, info, favorite }).toEqual(contact);
  });

  it('marks a contact as not starred if its name would star it', () => {
    expect(readVcards(writeVcard({ ...bare, first_name: 'My dentist' }))[0]?.fields.favorite).toBe(false);
    expect(readVcards(writeVcard({ ...bare, first_name: 'Myra' }))[0]?.fields.favorite).toBeUndefined();
  });
});
