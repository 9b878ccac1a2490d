const mails = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => `person${from + n}@example.com`);

const lines = (count: number, make: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join('\r\n');
const cells = (count: number, text: string) => Array.from({ length: count }, () => text).join(',');
const card = (content: string) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\n${content}\r\nEND:VCARD\r\n`;

/** Address books of at most 4 MiB that cost an import the most. */
export const HOSTILE_IMPORTS: readonly (readonly [string, 'csv' | 'vcf', () => string | Buffer])[] = [
  [
    'a CSV cell of 16,000 addresses',
    'csv',
    () => `First Name,E-mail\r\nAda,"${mails(16_000).join('; ')}"\r\n`,
  ],
  [
    'a CSV of 2,000 cells of 10 addresses',
    'csv',
    () => `First Name,E-mail\r\n${lines(2_000, (n) => `P${n},"${mails(10, n * 10).join('; ')}"`)}`,
  ],
  [
    'a vCard of 40,000 numbers',
    'vcf',
    () => card(lines(40_000, (n) => `TEL:+1${String(n).padStart(11, '0')}`)),
  ],
  ['a vCard of one folded line of 1.5 MB', 'vcf', () => card(`NOTE:${'x\r\n '.repeat(380_000)}`)],
  ['a CSV of one quote and 1.5 MB', 'csv', () => `First Name,Notes\r\nAda,"${'x,""\r\n'.repeat(250_000)}`],
  [
    'a CSV of 2 million lines in Latin-1',
    'csv',
    () => Buffer.from(`Name\n${'\xe9\n'.repeat(2_000_000)}`, 'latin1'),
  ],
  ['a CSV cell of 4 MB of control characters', 'csv', () => Buffer.alloc(4_000_000, 0x80)],
  [
    'a CSV header of 30,000 blanks over 9,000 rows',
    'csv',
    () => `Name,a${' '.repeat(30_000)}b\r\n${lines(9_000, (n) => `P${n},x`)}`,
  ],
  [
    'a CSV of 990 columns of first names',
    'csv',
    () => `${cells(990, 'First')}\r\n${cells(990, `${' '.repeat(4_100)}x`)}`,
  ],
  ['a vCard of 4 million categories', 'vcf', () => card(lines(64, () => `CATEGORIES:${','.repeat(65_000)}`))],
  [
    'a CSV row of 4 million labels',
    'csv',
    () => `Name,${cells(990, 'Labels')}\r\nAda,${cells(990, `"${','.repeat(4_100)}"`)}`,
  ],
  [
    'a CSV row of 4 million addresses',
    'csv',
    () => `Name,${cells(60, 'Email')}\r\nAda,${cells(60, `"@@${','.repeat(65_000)}"`)}`,
  ],
  ['a CSV row of 600,000 misplaced quotes', 'csv', () => `First Name,Email\r\n${'"a"b",'.repeat(600_000)}`],
  [
    'a CSV of 450,000 malformed cells in 300 columns',
    'csv',
    () => `Name,${cells(299, 'Email')}\r\n${lines(1_500, () => cells(300, '"x"y'))}`,
  ],
  [
    'a vCard name of 30,000 combining marks',
    'vcf',
    () => card(`N:;a${'\u0301'.repeat(15_000)}${'\u0323'.repeat(15_000)};;;`),
  ],
  [
    'a vCard of 1.3 million escaped bytes of no encoding',
    'vcf',
    () => card(lines(20, () => `NOTE;ENCODING=QUOTED-PRINTABLE:${'=E9=E8'.repeat(33_000)}`)),
  ],
  [
    'a CSV of 9,000 contacts of 8 words',
    'csv',
    () => `First Name\r\n${lines(9_000, (n) => `a${n} b c d e f g h`)}`,
  ],
];
