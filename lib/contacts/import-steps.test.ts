import { afterEach, describe, expect, it } from 'vitest';
import type { SlicedTask } from '../core/time-slicing';
import { checkEntries } from './check-entries';
import { MAX_CELL_LENGTH, MAX_IMPORT_BYTES } from './import-limits';
import type { ImportOptions } from './import-reading';
import { planMerge } from './merge';
import { readImportFile } from './read-import-file';

/** Twenty passes over a cell of the maximum length. */
const MAX_STEP = 20 * MAX_CELL_LENGTH;
/** How often a file may be passed over in all. */
const MAX_PASSES = 100;
const STEP_BYTES = 64 * 1024;

const many = (length: number, make: (n: number) => string) => Array.from({ length }, (_, n) => make(n));
const cells = (length: number, text: string) => many(length, () => text).join(',');
const card = (...lines: string[]) => `BEGIN:VCARD\nFN:Ada\n${lines.join('\n')}\nEND:VCARD\n`;
const latin1 = (text: string) => Buffer.from(text, 'latin1');
/** As much of a unit as a file may hold, after some other lines. */
const full = (unit: string) => unit.repeat(Math.floor((MAX_IMPORT_BYTES - 1_024) / unit.length));

/** The characters that the methods of strings and decoders were called on: a measure of work that is always the same. */
let work = 0;

/** Wraps what the import calls until the test ends; a spy would keep all that it is called with. */
function countWork(): void {
  for (const name of ['trim', 'split', 'toLowerCase', 'normalize', 'match', 'replace'] as const) {
    const method = String.prototype[name];
    wrapped.push(() => Object.assign(String.prototype, { [name]: method }));
    Object.assign(String.prototype, {
      [name](this: string, ...given: unknown[]) {
        work += this.length + 1;
        return Reflect.apply(method, this, given);
      },
    });
  }
  const { decode } = TextDecoder.prototype;
  wrapped.push(() => Object.assign(TextDecoder.prototype, { decode }));
  Object.assign(TextDecoder.prototype, {
    decode(this: TextDecoder, input?: Uint8Array, options?: TextDecodeOptions) {
      work += (input?.byteLength ?? 0) + 1;
      return decode.call(this, input, options);
    },
  });
}

const wrapped: (() => void)[] = [];

afterEach(() => {
  for (const restore of wrapped.splice(0)) restore();
});

interface Steps {
  count: number;
  longest: number;
  total: number;
}

function run<Result>(task: SlicedTask<Result>, steps: Steps): Result {
  for (;;) {
    work = 0;
    const step = task.next();
    steps.count += 1;
    steps.longest = Math.max(steps.longest, work);
    steps.total += work;
    if (step.done) return step.value;
  }
}

/** What a file would create for a user without contacts, or why it is refused. */
function importInSteps(given: string | Uint8Array, options: ImportOptions = {}) {
  const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given;
  expect(bytes.length).toBeLessThanOrEqual(MAX_IMPORT_BYTES);
  const steps: Steps = { count: 0, longest: 0, total: 0 };
  countWork();
  const file = run(readImportFile(bytes, options), steps);
  if ('refusal' in file) return { refusal: file.refusal, created: [], entries: [], steps, bytes };
  const { valid } = run(checkEntries(file.entries), steps);
  const { create } = run(planMerge([], valid), steps);
  return { refusal: null, created: create, entries: file.entries, steps, bytes };
}

const CELL = 4_000;

describe('an import passes over few characters between two pauses', () => {
  it.each<[string, string | Uint8Array, Record<string, unknown>]>([
    ['lines in another encoding', latin1(`First name\nAda\n${full('\xe9\n')}`), { refusal: 'tooMany' }],
    [
      'lines of two encodings',
      latin1(`First name,Notes\nAda,"${full('caf\xe9\ncaf\xc3\xa9\n')}"`),
      { created: [{ firstName: 'Ada', info: expect.stringMatching(/^café\ncafé\ncafé\n/) }] },
    ],
    [
      'control characters',
      latin1(`First name,Notes\nAda,${full('\x80')}`),
      { created: [{ firstName: 'Ada' }] },
    ],
    [
      'blanks in a header',
      `First name,a${' '.repeat(30_000)}b\n${many(2_000, (n) => `A${n},${'x'.repeat(100)}`).join('\n')}`,
      { entries: expect.objectContaining({ length: 2_000 }) },
    ],
    [
      'columns of first names',
      `${cells(990, 'First')}\n${cells(990, `${' '.repeat(CELL)}x`)}`,
      { created: [{ firstName: 'x', info: '' }] },
    ],
    [
      'categories',
      card(...many(64, () => `CATEGORIES:${','.repeat(65_000)}`)),
      { created: [{ firstName: 'Ada', info: '' }] },
    ],
    [
      'labels',
      `First name,${cells(990, 'Labels')}\nAda,${cells(990, `"${','.repeat(CELL)}"`)}`,
      { created: [{ firstName: 'Ada', info: '' }] },
    ],
    [
      'email addresses',
      `First name,${cells(60, 'Email')}\nAda,${cells(60, `"@@${','.repeat(65_000)}"`)}`,
      { created: [], entries: [{ faults: [{ path: 'email', message: 'contact_values_refused' }] }] },
    ],
    [
      'misplaced quotes in one row',
      `First name,Email\n${'"a"b",'.repeat(70_000)}`,
      { created: [{ firstName: 'a"b' }] },
    ],
    [
      'misplaced quotes in columns',
      `First name,${cells(299, 'Email')}\n${many(1_500, () => cells(300, '"x"y')).join('\n')}`,
      { entries: expect.arrayContaining([expect.objectContaining({ line: 3 })]) },
    ],
    ['doubled carriage returns', `First name\nAda\n${full('\r\r\n')}`, { created: [{ firstName: 'Ada' }] }],
    [
      'combining marks',
      card(`N:;a${'\u0301'.repeat(15_000)}${'\u0323'.repeat(15_000)}`),
      { created: [{ firstName: expect.stringMatching(/^a\u0301.*…$/) }] },
    ],
    [
      'parts of addresses',
      card(...many(50, () => `ADR:${'a;'.repeat(32_000)}`)),
      { created: [{ firstName: 'Ada', info: '' }] },
    ],
    [
      'escapes in email addresses',
      card(...many(64, () => `EMAIL:${'\\n'.repeat(32_000)}`)),
      { created: [{ firstName: 'Ada' }] },
    ],
    [
      'values of an unknown encoding',
      card(...many(15, () => `NOTE;ENCODING=QUOTED-PRINTABLE:${'caf=E9 '.repeat(35_000)}`)),
      { created: [{ firstName: 'Ada', info: expect.stringMatching(/^café café .*…$/) }] },
    ],
    [
      'columns for notes',
      `First name,${cells(990, 'H')}\nAda,${cells(990, 'a '.repeat(CELL / 2))}`,
      { created: [{ firstName: 'Ada', info: '' }] },
    ],
    [
      'short rows of many columns',
      `First name,${cells(990, 'H')}\n${many(5_000, (n) => `A${n}`).join('\n')}`,
      { entries: expect.objectContaining({ length: 5_000 }) },
    ],
  ])('%s', (_name, text, expected) => {
    const { steps, bytes, ...result } = importInSteps(text);
    expect(steps.longest).toBeLessThan(MAX_STEP);
    expect(steps.total).toBeLessThan(MAX_PASSES * bytes.length);
    expect(steps.count).toBeGreaterThan(bytes.length / STEP_BYTES);
    expect(result).toMatchObject(expected);
  });

  it('control characters in the chosen encoding', () => {
    const { steps, refusal } = importInSteps(latin1(full('\x80')), { encoding: 'windows-1252' });
    expect(refusal).toBe('unknown');
    expect(steps.longest).toBeLessThan(MAX_STEP);
    expect(steps.count).toBeGreaterThan(MAX_IMPORT_BYTES / STEP_BYTES);
  });
});
