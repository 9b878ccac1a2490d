import { describe, expect, it } from 'vitest';
import { seededRandom } from '@/test/seeded-random';
import { type DiffLine, type DiffResult, diffLines } from './diff';

function lines(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);
}

function text(...parts: (string | string[])[]): string {
  return `${parts.flat().join('\n')}\n`;
}

function diff(before: string, after: string): DiffResult {
  return diffLines({ before, after }) ?? expect.fail('no difference was found');
}

const signs = { same: ' ', added: '+', removed: '-' };

function written({ hunks }: DiffResult): string[] {
  return hunks.flatMap(({ oldStart, oldCount, newStart, newCount, lines: shown }) => [
    `@@ ${oldStart},${oldCount} ${newStart},${newCount}`,
    ...shown.map((line) => signs[line.kind] + line.text),
  ]);
}

/** The second text, made of the first one and the hunks; checks all numbers on the way. */
function patch(before: string[], { hunks }: DiffResult): string[] {
  const result: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    result.push(...before.slice(at, hunk.oldStart - 1));
    at = hunk.oldStart - 1;
    expect(result.length).toBe(hunk.newStart - 1);
    for (const line of hunk.lines) {
      if (line.kind !== 'added') {
        expect([line.text, line.oldNumber]).toEqual([before[at], at + 1]);
        at++;
      } else expect(line.oldNumber).toBeNull();
      if (line.kind !== 'removed') {
        result.push(line.text);
        expect(line.newNumber).toBe(result.length);
      } else expect(line.newNumber).toBeNull();
    }
    expect(at).toBe(hunk.oldStart - 1 + hunk.oldCount);
    expect(result.length).toBe(hunk.newStart - 1 + hunk.newCount);
    const inPairs = new Set(
      hunk.pairs.flatMap(({ left, right }) => [left, right]).filter((line) => line !== null),
    );
    expect(inPairs).toEqual(new Set<DiffLine>(hunk.lines));
  }
  return [...result, ...before.slice(at)];
}

describe('diffLines', () => {
  it('shows what changed among three lines that did not', () => {
    const found = diff(text(lines(1, 20)), text(lines(1, 9), 'new', lines(11, 20)));
    expect(written(found)).toEqual([
      '@@ 7,7 7,7',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      '+new',
      ' line 11',
      ' line 12',
      ' line 13',
    ]);
    expect(found).toMatchObject({ added: 1, removed: 1, breaksDiffer: false });
  });

  it('joins changes that are near and keeps apart those that are not', () => {
    const before = text(lines(1, 30));
    expect(diff(before, text(lines(1, 9), lines(11, 16), lines(18, 30))).hunks).toHaveLength(1);
    expect(diff(before, text(lines(1, 9), lines(11, 17), lines(19, 30))).hunks).toHaveLength(2);
  });

  it.each([
    ['', 'a\n', ['@@ 1,0 1,1', '+a']],
    ['a\n', '', ['@@ 1,1 1,0', '-a']],
    ['a', 'b', ['@@ 1,1 1,1', '-a', '+b']],
    ['a\nb', 'b', ['@@ 1,2 1,1', '-a', ' b']],
    ['b', 'a\nb', ['@@ 1,1 1,2', '+a', ' b']],
    ['a\na\nb', 'a\nb\nb', ['@@ 1,3 1,3', ' a', '-a', '+b', ' b']],
  ])('compares %j with %j', (before, after, expected) => {
    expect(written(diff(before, after))).toEqual(expected);
  });

  it.each([
    ['a\n', 'a\n', false],
    ['a\nb', 'a\r\nb', true],
    ['a', 'a\n', true],
  ])('finds no line that differs between %j and %j', (before, after, breaksDiffer) => {
    expect(diff(before, after)).toEqual({ hunks: [], added: 0, removed: 0, breaksDiffer });
  });

  it('marks what differs within a pair of lines', () => {
    const [hunk] = diff('const a = old(1, 2);\n', 'const a = fresh(1, 3);\n').hunks;
    const [pair] = hunk?.pairs ?? [];
    const marked = (line: DiffLine | null | undefined) =>
      line?.changes.map(({ from, to }) => line.text.slice(from, to));
    expect(marked(pair?.left)).toEqual(['old', '2']);
    expect(marked(pair?.right)).toEqual(['fresh', '3']);
  });

  it('marks nothing within lines that have nothing in common', () => {
    const [hunk] = diff('one two three\n', 'quite another thing altogether\n').hunks;
    expect(hunk?.lines.map(({ changes }) => changes)).toEqual([[], []]);
  });

  it('puts lines without a partner beside nothing', () => {
    const [hunk] = diff('a\nb\nc\n', 'x\n').hunks;
    expect(hunk?.pairs.map(({ left, right }) => [left?.text, right?.text])).toEqual([
      ['a', 'x'],
      ['b', undefined],
      ['c', undefined],
    ]);
  });

  it('leads from one text to the other, for any two texts', () => {
    const random = seededRandom(9);
    for (let round = 0; round < 500; round++) {
      const words = 1 + random(12);
      const word = () => ['', 'a', 'b b', '<i>', '😀'][random(5)] + String(random(words));
      const before = ['first', ...Array.from({ length: random(60) }, word)];
      const after = before
        .flatMap((line) => [[line], [], [line, word()], [word()], [line]][random(5)] ?? [])
        .concat('last');
      const found = diff(text(before), text(after));
      expect(patch(before, found)).toEqual(after);
      for (const { lines: shown } of found.hunks) {
        for (const line of shown) {
          let last = 0;
          for (const { from, to } of line.changes) {
            expect(from).toBeGreaterThanOrEqual(last);
            expect(to).toBeGreaterThan(from);
            last = to;
          }
          expect(last).toBeLessThanOrEqual(line.text.length);
        }
      }
    }
  });

  it('finds a small change in a large text', () => {
    const before = lines(1, 30_000);
    const after = [...before.slice(0, 100), 'new', ...before.slice(100, 29_000), ...before.slice(29_001)];
    const found = diff(text(before), text(after));
    expect(found).toMatchObject({ added: 1, removed: 1 });
    expect(patch(before, found)).toEqual(after);
  });

  it('finds that nothing is left of a text', () => {
    expect(diff(text(lines(1, 1_000)), text(lines(2_001, 3_000)))).toMatchObject({
      added: 1_000,
      removed: 1_000,
    });
  });

  it.each([
    ['a text turned round', lines(1, 30_000), lines(1, 30_000).reverse()],
    [
      'two texts of few words',
      lines(1, 30_000).map((_, i) => String((i * i) % 7)),
      lines(1, 30_000).map((_, i) => String((i * i) % 5)),
    ],
    ['too many changes to show', lines(1, 30_000), lines(40_001, 70_000)],
    ['too many lines', ['a'], Array<string>(100_000).fill('b')],
    ['too long a line', ['a'.repeat(1024 * 1024)], ['b']],
  ])('gives up on %s', (_, before, after) => {
    expect(diffLines({ before: text(before), after: text(after) })).toBeNull();
  });

  it('finishes with long lines that all differ a little', () => {
    const before = Array.from({ length: 900 }, (_, index) => `${'a, b; '.repeat(80)}${index}`);
    const after = before.map((line) => line.replaceAll('; ', ' ;'));
    expect(patch(before, diff(text(before), text(after)))).toEqual(after);
  });
});
