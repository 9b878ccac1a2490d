import { describe, expect, it } from 'vitest';
import { runToEnd } from '../core/time-slicing';
import { CSV_HEADER, writeCsvRow } from './csv';
import { readCsv as readCsvSteps } from './read-csv';
import type { WrittenContact } from './vcard';

const readCsv = (text: string) => runToEnd(readCsvSteps(text))?.entries ?? null;
const read = (text: string) => readCsv(text)?.map(({ line, fields }) => ({ line, ...fields }));

describe('readCsv', () => {
  it('reads current and former exports of Google', () => {
    const present =
      'First Name,Middle Name,Last Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value\n' +
      'Ada,Augusta,Lovelace,1815-12-10,"met ""once""\nin 1833",* myContacts ::: * starred,* Home,ada@example.com,+44 20 7946 0958 ::: 123\n' +
      'Bob,,, --12-10,,* myContacts,,,\n';
    expect(read(present)).toMatchObject([
      {
        line: 2,
        first_name: 'Ada Augusta',
        last_name: 'Lovelace',
        birthday: '1815-12-10',
        info: 'met "once"\nin 1833',
        favorite: true,
        emails: ['ada@example.com'],
        phones: ['+44 20 7946 0958', '123'],
      },
      { line: 4, first_name: 'Bob', birthday: undefined, favorite: undefined },
    ]);
    const former =
      'Name,Given Name,Family Name,Group Membership,E-mail 1 - Value\nAda L,,,* starred,a@example.com';
    expect(read(former)).toMatchObject([
      { first_name: 'Ada', last_name: 'L', emails: ['a@example.com'], favorite: true },
    ]);
  });

  it('reads an export of Outlook, with American and missing dates', () => {
    const text =
      '"First Name","Last Name","Company","E-mail Address","Home Phone","Mobile Phone","Birthday","Notes"\r\n' +
      '"Ada","Lovelace","","ada@example.com","","+442079460958","12/10/1915",""\r\n' +
      '\r\n' +
      '"","","Acme Ltd","","02079460958","","0/0/00",""\r\n' +
      '"Bob","","","","","","12/31/1990",""\r\n';
    expect(read(text)).toMatchObject([
      { line: 2, first_name: 'Ada', phones: ['+442079460958'], birthday: '1915-12-10' },
      { line: 4, first_name: 'Acme', last_name: 'Ltd', phones: ['02079460958'], birthday: undefined },
      { line: 5, first_name: 'Bob', birthday: '1990-12-31' },
    ]);
  });

  it('reads an export of Thunderbird, with birthdays in three columns and several phone columns', () => {
    const text =
      'First Name,Last Name,Display Name,Primary Email,Secondary Email,Work Phone,Fax Number,Mobile Number,Birth Year,Birth Month,Birth Day,\n' +
      'Ada,Lovelace,Countess,ada@example.com,a@example.org,100,101,+442079460958,1915,12,1,\n' +
      ',,,b@example.com,,,,,1915,12,,\n';
    expect(read(text)).toMatchObject([
      {
        first_name: 'Ada',
        emails: ['ada@example.com', 'a@example.org'],
        phones: ['+442079460958', '100', '101'],
        birthday: '1915-12-01',
      },
      { first_name: '', emails: ['b@example.com'], phones: [], birthday: undefined },
    ]);
  });

  it.each([';', '\t', '|'])('detects the delimiter %j, and reads Russian column names', (delimiter) => {
    const rows = [
      ['Имя', 'Фамилия', 'Телефон', 'День рождения'],
      ['Анна', 'Петрова', '89123456789', '01.03.1990'],
      ['Иван', '', '', '31.12.1991'],
    ];
    expect(read(rows.map((row) => row.join(delimiter)).join('\r'))).toMatchObject([
      { first_name: 'Анна', last_name: 'Петрова', phones: ['89123456789'], birthday: '1990-03-01' },
      { first_name: 'Иван', birthday: '1991-12-31' },
    ]);
  });

  it('detects the delimiter by the column names, not by the notes', () => {
    expect(read('First name,Info\nAda,a; b; c\nBob,a; b; c\n')).toMatchObject([
      { first_name: 'Ada', info: 'a; b; c' },
      { first_name: 'Bob', info: 'a; b; c' },
    ]);
    expect(read('sep=;\nFirst name;Notes\nAda;a, b\n')).toMatchObject([
      { line: 3, first_name: 'Ada', info: 'a, b' },
    ]);
  });

  it.each(['', 'just some words', 'a,b\n1,2\n', 'Phone\n1234567890'])('refuses %j', (text) => {
    expect(readCsv(text)).toBeNull();
  });

  it('keeps apostrophes of other programs', () => {
    expect(read("First name,Phone\n'+Ada,'+442079460958")).toMatchObject([
      { first_name: "'+Ada", phones: ["'+442079460958"] },
    ]);
  });

  it.each([
    ['quotes that never end', `First name\n${'"'.repeat(200_001)}`],
    ['blanks after misplaced quotes', `First name\n${`"a"${' '.repeat(2_000)}`.repeat(1_000)}`],
    ['delimiters', `First name\n${','.repeat(1_000_000)}`],
    ['empty rows', `First name\n${'\n'.repeat(2_000_000)}`],
    ['rows', `First name\n${'a\n'.repeat(500_000)}`],
  ])('ends with %s', (_name, text) => {
    const entries = readCsv(text);
    expect(entries === null || entries.length <= 500_000).toBe(true);
  });
});

describe('writeCsvRow', () => {
  const bare = { last_name: '', email: null, phone: null, birthday: null, info: '', favorite: false };

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@a',
    '\t1',
    '\r1',
    '\n1',
    "'",
    "'=1",
    "''=1",
    "O'Brien",
    'x;=1+1;y',
    "x;'-1\t''\t=",
    '＝1+1',
    '  x ',
    'a"b,c;d',
  ])('escapes %j as a formula, and reads it unchanged', (text) => {
    const contact: WrittenContact = { ...bare, first_name: 'A', last_name: text, info: text };
    const row = writeCsvRow(contact);
    expect(row).not.toMatch(/(^|[,;])"?[=+\-@＝\t\r\n]/);
    const [entry] = readCsv(CSV_HEADER.slice(1) + row) ?? [];
    expect(entry?.fields).toMatchObject({
      last_name: text.replace('\r', '\n'),
      info: text.replace('\r', '\n'),
    });
  });

  it('starts with a BOM, and keeps the plus of a phone number', () => {
    expect(CSV_HEADER).toBe('\uFEFFFirst name,Last name,Email,Phone,Birthday,Info,Favorite\r\n');
    const row = writeCsvRow({ ...bare, first_name: 'Ada', phone: '+442079460958', birthday: '1990-12-10' });
    expect(row).toBe("Ada,,,'+442079460958,1990-12-10,,no\r\n");
    // As a spreadsheet saves it again where a comma is decimal.
    const saved = (CSV_HEADER + row).slice(1).replaceAll(',', ';');
    expect(read(saved)).toMatchObject([
      { phones: ['+442079460958'], birthday: '1990-12-10', favorite: false },
    ]);
  });
});
