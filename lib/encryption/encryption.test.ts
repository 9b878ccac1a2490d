import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAgeHeader } from './age-header';
import type { SecretFile } from './archive';
import { EncryptionError } from './errors';
import { formatFragment, parseFragment } from './fragment';
import { MAX_CONTENT_BYTES, MAX_PAYLOAD_BYTES } from './limits';
import { openLock } from './lock';
import { compareWithServer, openPayload } from './open';
import { paddedSize } from './padding';
import { type SealedPaste, sealPaste } from './seal';
import { storedNames } from './stored-names';

const FOREVER = { expiresAt: null, burnAfter: null };
const text = (content: string) => new TextEncoder().encode(content);
const fileOf = (content: Uint8Array, name = 'a.txt'): SecretFile => ({ name, language: null, content });

const seal = (files: SecretFile[], password?: string) =>
  sealPaste({ title: 'A title', files }, { intention: FOREVER, ...(password && { password }) });

async function faultOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof EncryptionError) return error.code;
    throw error;
  }
  return 'opened';
}

describe('a secret paste', () => {
  it.each([1, 511, 512, 65_536, MAX_CONTENT_BYTES])('keeps %d bytes', async (size) => {
    const content = new Uint8Array(randomBytes(size));
    const { payload, contentKey } = await seal([fileOf(content)]);
    expect(payload.length).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
    const { files } = await openPayload(payload, { contentKey, revision: 1 });
    expect(Buffer.from(files[0]?.content ?? []).equals(content)).toBe(true);
  });

  it('keeps twenty files of the allowed size, with the longest names', async () => {
    const files = Array.from({ length: 20 }, (_, index) =>
      fileOf(new Uint8Array(Math.floor(MAX_CONTENT_BYTES / 20)), `${index}${'ж'.repeat(253)}`),
    );
    const { payload, contentKey } = await seal(files);
    expect(payload.length).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
    const opened = await openPayload(payload, { contentKey });
    expect(opened.files.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  });

  it('refuses more than it may hold', async () => {
    expect(await faultOf(seal([fileOf(new Uint8Array(MAX_CONTENT_BYTES + 1))]))).toBe('too_large');
    const many = Array.from({ length: 21 }, () => fileOf(text('x')));
    expect(await faultOf(seal(many))).toBe('too_many_files');
  });

  it('does not show what it holds', async () => {
    const sealed = await seal([fileOf(text('attack at dawn'), 'plan.txt')], 'correct horse');
    const bytes = Buffer.concat([sealed.payload, sealed.lock ?? new Uint8Array()]).toString('latin1');
    for (const word of [
      'attack',
      'plan.txt',
      'A title',
      'correct horse',
      sealed.contentKey,
      sealed.linkKey,
    ]) {
      expect(bytes).not.toContain(word);
    }
  });

  it('has the same size for texts of similar length', async () => {
    const [one, other] = await Promise.all([
      seal([fileOf(text('x'))]),
      seal([fileOf(text('x'.repeat(400)))]),
    ]);
    expect(one.payload.length).toBe(other.payload.length);
  });

  describe('that was changed', () => {
    let sealed: SealedPaste;
    const password = 'correct horse';
    beforeAll(async () => {
      sealed = await seal([fileOf(text('attack at dawn\n'.repeat(200)))], password);
    });

    it('is refused for one flipped bit anywhere in the payload', async () => {
      const { payload, contentKey } = sealed;
      const { length } = readAgeHeader(payload);
      const places = [
        ...Array.from({ length }, (_, at) => at),
        ...Array.from(
          { length: 200 },
          (_, step) => length + Math.floor((step * (payload.length - length)) / 200),
        ),
        payload.length - 1,
      ];
      for (const at of places) {
        const changed = payload.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
        expect(['damaged', 'wrong_key'], `byte ${at}`).toContain(
          await faultOf(openPayload(changed, { contentKey })),
        );
      }
    });

    it('is refused wherever it is cut', async () => {
      const { payload, contentKey } = sealed;
      for (let end = 0; end < payload.length; end += end < 400 ? 1 : 97) {
        expect(await faultOf(openPayload(payload.slice(0, end), { contentKey })), `at ${end}`).toBe(
          'damaged',
        );
      }
    });

    it('is refused for one flipped bit anywhere in the lock', async () => {
      const { lock, linkKey } = sealed;
      if (!lock) throw new Error('no lock');
      for (let at = 0; at < lock.length; at += 1) {
        const changed = lock.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
        expect(['damaged', 'wrong_key'], `byte ${at}`).toContain(
          await faultOf(openLock(changed, { linkKey, password })),
        );
      }
    });
  });

  it('takes a password in whichever way its letters are composed', async () => {
    const { lock, linkKey, contentKey } = await seal([fileOf(text('x'))], 'caf\u00e9');
    expect(await openLock(lock ?? new Uint8Array(), { linkKey, password: 'cafe\u0301' })).toBe(contentKey);
  });
});

describe('the link', () => {
  const key = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;

  it.each([
    [`#${key}`, { key, place: '' }],
    [`#${key.toLowerCase()}&L3-5`, { key, place: 'L3-5' }],
    [`${key}&f2-L1&x`, { key, place: 'f2-L1&x' }],
  ])('is parsed: %s', (hash, fragment) => {
    expect(parseFragment(hash)).toEqual(fragment);
  });

  it.each([
    ['', 'key_missing'],
    ['#L3', 'key_missing'],
    [`#${key.slice(0, -1)}`, 'key_malformed'],
    [`#${key}Q`, 'key_malformed'],
    [`#${key.slice(0, -1)}B`, 'key_malformed'],
    ['#AGE-SECRET-KEY-1', 'key_malformed'],
    [`#${key}%20`, 'key_malformed'],
  ])('without a whole key is refused: %s', async (hash, fault) => {
    expect(await faultOf((async () => parseFragment(hash))())).toBe(fault);
  });

  it('is written as it is parsed', () => {
    for (const place of ['', 'L3-5'])
      expect(parseFragment(formatFragment({ key, place }))).toEqual({ key, place });
  });
});

it('pads archives by at most an eighth, to sizes that do not depend on small differences', () => {
  for (let size = 1; size <= MAX_PAYLOAD_BYTES; size = Math.ceil(size * 1.07) + 1) {
    const padded = paddedSize(size);
    expect(padded % 512).toBe(0);
    expect(padded).toBeGreaterThanOrEqual(size);
    if (size > 4096) expect(padded / size).toBeLessThan(1.125);
    expect(paddedSize(padded)).toBe(padded);
  }
});

describe('names in the archive', () => {
  it.each([
    [
      ['a.ts', 'b.ts'],
      ['a.ts', 'b.ts'],
    ],
    [
      ['', ''],
      ['file-1.txt', 'file-2.txt'],
    ],
    [
      ['a.ts', 'A.TS', 'a.ts'],
      ['a.ts', 'file-2.TS', 'file-3.ts'],
    ],
    [
      ['.sheaf.json', '.bashrc'],
      ['file-1.json', 'file-2.bashrc'],
    ],
    [
      ['-rf', '~root', 'a:b', 'x.', 'con?'],
      ['file-1.txt', 'file-2.txt', 'file-3.txt', 'file-4.txt', 'file-5.txt'],
    ],
    [
      ['file-2.txt', ''],
      ['file-2.txt', 'file-2-2.txt'],
    ],
    [['данные.csv'], ['данные.csv']],
    [['ж'.repeat(101)], ['file-1.txt']],
    [['a\u202egnp.exe'], ['file-1.exe']],
  ])('of %j are %j', (names, stored) => {
    expect(storedNames(names)).toEqual(stored);
  });
});

describe('what the server says', () => {
  const at = (minutes: number) => new Date(Date.UTC(2030, 0, 1, 0, minutes));
  const meant = { revision: 1, previous: null, expiresAt: at(0), burnAfter: 1 };

  it.each([
    [{ expiresAt: at(0), burnAfter: 1 }, []],
    [{ expiresAt: at(10), burnAfter: 1 }, []],
    [{ expiresAt: at(-60), burnAfter: 1 }, []],
    [{ expiresAt: at(11), burnAfter: 1 }, ['expires_later']],
    [{ expiresAt: null, burnAfter: 1 }, ['expires_later']],
    [{ expiresAt: at(0), burnAfter: 2 }, ['more_reads']],
    [{ expiresAt: null, burnAfter: null }, ['expires_later', 'more_reads']],
  ])('is compared with what was meant: %o', (server, differences) => {
    expect(compareWithServer(meant, server)).toEqual(differences);
  });

  it('is not compared where nothing was meant', () => {
    expect(compareWithServer(null, FOREVER)).toEqual([]);
    expect(compareWithServer({ ...meant, ...FOREVER }, { expiresAt: at(0), burnAfter: 1 })).toEqual([]);
  });
});

describe.skipIf(spawnSync('age', ['--version']).error)(
  'the age command (skipped where it is not installed)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'sheaf-age-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it('opens what Sheaf encrypts, and tar writes its files', async () => {
      const content = text(
        `\u0001${String.fromCodePoint(0x41, 0x416, 0x20ac, 0x1f511, 0x2070e, 0xe0041, 0x10fffd)}\r\n`,
      );
      const names = ['a.ts', 'данные.txt', 'n'.repeat(251), '../up', ''];
      const { payload, contentKey } = await seal(names.map((name) => fileOf(content, name)));
      writeFileSync(join(folder, 'key'), `${contentKey}\n`);
      const archive = execFileSync('age', ['-d', '-i', join(folder, 'key')], { input: payload });
      execFileSync('tar', ['-xC', folder], { input: archive });
      for (const name of ['a.ts', 'данные.txt', 'file-3.txt', 'file-4.txt', 'file-5.txt']) {
        expect(readFileSync(join(folder, name)).equals(content), name).toBe(true);
      }
      expect(existsSync(join(folder, '..', 'up'))).toBe(false);
    });
  },
);
