import { extname } from 'node:path';
import { expect, it } from 'vitest';
import { allFound } from '@/test/all-found';
import { listOrdinaryFiles, readOrdinaryFile } from '@/test/ordinary-files';
import { ORDINARY_SAMPLES } from '@/test/ordinary-samples';
import { findCredentials } from './find-credentials';

const find = (text: string) => allFound(findCredentials(text));
/** They hold samples that have the form and the randomness of tokens, or are keys: those of the test vectors. */
const HAS_SAMPLES = [
  'lib/api/openapi-examples.ts',
  'docs/secret-pastes/vectors.json',
  'node_modules/pino/docs/transports.md',
];

it('stays quiet about ordinary files', () => {
  const files = listOrdinaryFiles();
  const flagged = files.filter((file) => find(readOrdinaryFile(file)).length > 0);
  const languages = new Set(files.map((file) => extname(file)));
  process.stdout.write(
    `${flagged.length} of ${files.length} ordinary files flagged, in ${languages.size} languages\n`,
  );
  expect(files.length).toBeGreaterThan(200);
  expect(languages.size).toBeGreaterThanOrEqual(8);
  expect(flagged).toEqual(HAS_SAMPLES);
});

it.each(Object.entries(ORDINARY_SAMPLES))('stays quiet about %s', (_language, text) => {
  const parts = find(text).map(({ from, to }) => text.slice(from, to));
  expect(parts).toEqual([]);
});
