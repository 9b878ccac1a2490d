import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { allFound } from '@/test/all-found';
import { PLANTED, RANDOM } from '@/test/planted-credentials';
import { findCredentials } from './find-credentials';
import { maskCredentials } from './mask-credentials';
import { reportCredentials } from './report-credentials';
import { STEP, searchInSteps } from './search-in-steps';

const LIMIT = 64 * 1024;
const SIZE = 4 * 1024 * 1024;

const find = (text: string, step: number, limit?: number) => allFound(findCredentials(text, { step, limit }));
const inOnePass = (text: string, limit?: number) => find(text, Number.POSITIVE_INFINITY, limit);

describe('a search in steps finds what one pass finds', () => {
  it.each(PLANTED)('wherever it is cut: $name', ({ text }) => {
    for (const padding of ['a line\n', 'no breaks ']) {
      const padded = padding.repeat(3) + text + padding.repeat(3) + text;
      const found = inOnePass(padded);
      // Every offset of a text is the end of a step of some length.
      for (let step = 1; step <= padded.length; step += 1) {
        expect(find(padded, step), `steps of ${step}`).toEqual(found);
      }
    }
  });

  it.each(['\n', '\r\n', '\r', ' ', ''])('in long texts, with %j between credentials', (separator) => {
    const text = PLANTED.map((one) => one.text)
      .join(separator)
      .repeat(6);
    const found = inOnePass(text);
    const count = found.length;
    expect(count).toBeGreaterThan(PLANTED.length);
    for (const step of [1, 2, 7, 64, 127, 128, 129, 1_000, STEP]) expect(find(text, step)).toEqual(found);
    for (const limit of [1, 5, count - 1]) {
      expect(find(text, 100, limit)).toEqual(inOnePass(text, limit));
    }
  });

  it('at every offset before and after the end of a step', () => {
    const body = Array.from({ length: 3 }, () => RANDOM.slice(0, 64)).join('\n');
    for (const text of [
      `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`,
      `\nexport DB_PASSWORD = "${RANDOM.slice(0, 30)}"`,
      `postgres://app:${RANDOM.slice(0, 12)}@db/`,
    ]) {
      for (let offset = -text.length - 2; offset <= 2; offset += 1) {
        for (const padding of ['x', ' ', '\n']) {
          const whole = `${padding.repeat(STEP + offset)}${text}\n`;
          expect(find(whole, STEP), `${offset}`).toEqual(inOnePass(whole));
        }
      }
    }
  });

  it('up to the same number of matches', () => {
    const text = 'password'.repeat(250_000);
    let count = 0;
    const pattern = /password/g;
    const read = (_match: RegExpExecArray, at: number) => {
      count += 1;
      return { found: null, next: at + 8 };
    };
    expect(allFound(searchInSteps({ text, pattern, limit: 1, step: STEP, read }))).toEqual([]);
    expect(count).toBe(200_000);
  });
});

describe('the event loop', () => {
  it.each([
    ['masked', (text: string) => maskCredentials([text])],
    ['compared', (text: string) => reportCredentials([''], { visibility: 'public', published: [text] })],
  ])('turns while a long text is %s', async (_what, work) => {
    const line = `PASSWORD=${RANDOM.slice(0, 11)};\n`;
    expect(await countTurns(() => work(line.repeat(SIZE / 4 / line.length)))).toBeGreaterThan(5);
  });

  it('turns while a long text is reported on', async () => {
    const work = () => reportCredentials(['secret="'.repeat(SIZE / 8)], { visibility: 'public' });
    expect(await countTurns(work)).toBeGreaterThan(5);
  });

  it.each([
    ['names', 'secret="'],
    ['names in a row', 'password'],
    ['beginnings of tokens', ' ghp_ AKIA eyJ xoxb-'],
    ['beginnings of keys', `-----BEGIN PRIVATE KEY-----${'A'.repeat(40)}\n`],
    ['passwords', `PASSWORD=${RANDOM.slice(0, 11)};\n`],
    ['URLs', `a://b:${RANDOM.slice(0, 10)}@c `],
  ])('can turn after a small part of a text of %s', (_what, unit) => {
    expect(mostPatterns(unit.repeat(LIMIT / unit.length))).toBeLessThan(STEP * 2);
  });

  it('does not have to turn for a text of a usual size', async () => {
    const text = 'const x = 1;\n'.repeat(LIMIT / 13);
    // Time stands still: on a busy machine more than a slice may pass.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    onTestFinished(() => clock.mockRestore());
    expect(await countTurns(() => reportCredentials([text], { visibility: 'public' }))).toBe(0);
  });
});

/** How many patterns are tried at most between two yields. */
function mostPatterns(text: string): number {
  let count = 0;
  let most = 0;
  const { exec } = RegExp.prototype;
  RegExp.prototype.exec = function counted(...given) {
    count += 1;
    return exec.apply(this, given);
  };
  try {
    for (const _ of findCredentials(text)) {
      most = Math.max(most, count);
      count = 0;
    }
  } finally {
    RegExp.prototype.exec = exec;
  }
  return most;
}

/** How often the event loop turns during the work. */
async function countTurns(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isRunning = true;
  const count = () => {
    if (!isRunning) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  await work();
  isRunning = false;
  return turns;
}
