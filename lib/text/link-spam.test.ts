import { expect, it } from 'vitest';
import { LINK_RICH_SAMPLES, SPAM_SAMPLES } from '@/test/link-samples';
import { listOrdinaryFiles, readOrdinaryFile } from '@/test/ordinary-files';
import { ORDINARY_SAMPLES } from '@/test/ordinary-samples';
import { isLinkSpam } from './link-spam';

/** Written to get past the rules, or in a language that they do not have. */
const MISSED = ['letters in place of others', 'another language'];

it('finds texts that promote links', () => {
  const names = Object.keys(SPAM_SAMPLES);
  const missed = names.filter((name) => !isLinkSpam([SPAM_SAMPLES[name] ?? '']));
  const found = names.length - missed.length;
  process.stdout.write(`${found} of ${names.length} texts of link spam found\n`);
  expect(missed).toEqual(MISSED);
});

it('stays quiet about ordinary texts, however many links they have', () => {
  const files = listOrdinaryFiles();
  const texts = [...Object.entries(LINK_RICH_SAMPLES), ...Object.entries(ORDINARY_SAMPLES)].concat(
    files.map((file) => [file, readOrdinaryFile(file)]),
  );
  const withLinks = texts.filter(([, text]) => text.split('://').length > 3);
  const flagged = texts.filter(([, text]) => isLinkSpam([text])).map(([name]) => name);
  process.stdout.write(
    `${flagged.length} of ${texts.length} ordinary texts flagged; ${withLinks.length} have three links or more\n`,
  );
  expect(flagged).toEqual([]);
  expect(withLinks.length).toBeGreaterThan(150);
});

it('counts the links of all files together, and looks at the end of a long text', () => {
  const line = (path: string) => `The best casino: https://promo.example/${path}`;
  expect(isLinkSpam([line('a'), line('b')])).toBe(false);
  expect(isLinkSpam([line('a'), line('b'), line('c')])).toBe(true);
  expect(isLinkSpam(['filler\n'.repeat(100_000) + ['a', 'b', 'c'].map(line).join('\n')])).toBe(true);
  expect(isLinkSpam([])).toBe(false);
});

it.each([
  'https://',
  'https://a ',
  '[url=',
  '<',
  '"',
  '://',
  '2026-',
  'buy ',
  'buy a ',
  '\t',
  ' ',
  '\n',
  '://\n',
])('looks at a part of 4 MB of %j', (part) => {
  const text = part.repeat(Math.ceil((4 * 1024 * 1024) / part.length));
  expect(isLinkSpam([`casino https://a.example https://b.example https://c.example\n${text}`])).toBe(
    !part.startsWith('https://'),
  );
});
