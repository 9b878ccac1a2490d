import { expect, it } from 'vitest';
import { checksumOf, findNonTransactional, matchesChecksum } from './migration-files';

it.each([
  ['CREATE INDEX CONCURRENTLY "a" ON "b" ("c");', 'CREATE INDEX CONCURRENTLY'],
  ['SELECT 1; create unique index\n  concurrently a ON b (c)', 'create unique index concurrently'],
  [
    '-- AlterTable\nALTER TABLE a DETACH PARTITION b CONCURRENTLY',
    'ALTER TABLE a DETACH PARTITION b CONCURRENTLY',
  ],
  ['BEGIN;\nSELECT 1;\nCOMMIT;', 'BEGIN'],
  ['SELECT 1;\n/* done */ COMMIT', 'COMMIT'],
  ['START  TRANSACTION', 'START TRANSACTION'],
  ['ROLLBACK', 'ROLLBACK'],
  ['VACUUM a', 'VACUUM'],
])('finds what cannot be part of a transaction in %j', (script, words) => {
  expect(findNonTransactional(script)).toBe(words);
});

it.each([
  '',
  '-- CREATE INDEX CONCURRENTLY; COMMIT;\nSELECT 1',
  '/* COMMIT; */ SELECT 1',
  `SELECT '; COMMIT', 'it''s; COMMIT'`,
  `SELECT E'it\\'s; COMMIT;'`,
  'ALTER TABLE "concurrently" ADD "; COMMIT" INT',
  'CREATE FUNCTION a() RETURNS INT LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;',
  'DO $body$ BEGIN; $$; COMMIT; $body$',
  'SAVEPOINT a; ROLLBACK TO a',
  'REFRESH MATERIALIZED VIEW CONCURRENTLY a',
  'ALTER TABLE ends ADD committed INT',
])('takes %j', (script) => {
  expect(findNonTransactional(script)).toBeNull();
});

it('matches a script by its checksum, regardless of line endings', () => {
  expect(checksumOf('hello')).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
  for (const text of ['a\nb\n', 'a\r\nb\r\n']) {
    expect(matchesChecksum(text, checksumOf('a\nb\n'))).toBe(true);
    expect(matchesChecksum(text, checksumOf('a\r\nb\r\n'))).toBe(true);
    expect(matchesChecksum(text, checksumOf('a\nb'))).toBe(false);
  }
});
