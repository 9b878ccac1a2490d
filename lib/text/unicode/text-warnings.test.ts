import { expect, it } from 'vitest';
import { runToEnd } from '@/lib/core/time-slicing';
import { nameWarnings, textWarnings } from './text-warnings';

const MEBIBYTE = 1024 * 1024;

// What a reader cannot see is reported, and nothing else.
it.each([
  [
    'Trojan Source',
    'a\n/*\u202e } \u2066if (x)\u2069 */',
    'bidi_controls',
    ['U+202E', 'U+2066', 'U+2069'],
    2,
  ],
  ['a right-to-left mark among Latin letters', 'abc\u200f def', 'bidi_controls', ['U+200F'], 1],
  ['an isolate in Arabic', 'مرحبا \u2067x\u2069', 'bidi_controls', ['U+2067', 'U+2069'], 1],
  ['a zero-width space', 'a\r\nb\r\npass\u200bword', 'zero_width', ['U+200B'], 3],
  ['a joiner between Latin letters', 'ad\u200dmin', 'zero_width', ['U+200D'], 1],
  ['a word joiner, a soft hyphen', '\u2060Stra\u00adße', 'zero_width', ['U+2060', 'U+00AD'], 1],
  ['a byte-order mark inside', 'a\ufeffb', 'zero_width', ['U+FEFF'], 1],
  ['an invisible letter', 'const \u3164 = 1', 'zero_width', ['U+3164'], 1],
  ['hidden tags', `hi${String.fromCodePoint(0xe0041)}`, 'zero_width', ['U+E0041'], 1],
  ['a Cyrillic p and a in a Latin word', 'x\rраypal = 1', 'mixed_scripts', ['раypal'], 2],
  ['a Greek o in an identifier', 'is_rοοt2()', 'mixed_scripts', ['is_rοοt2'], 1],
  ['a Latin c in a Russian word', 'наш cекрет', 'mixed_scripts', ['cекрет'], 1],
])('warns of %s', (_what, text, kind, named, line) => {
  expect(runToEnd(textWarnings(text))).toEqual([{ kind, named, line }]);
});

it.each([
  ['ASCII', 'const x = 1; // fine\n'],
  ['accents', 'naïve café ½ ©'],
  ['Arabic with marks', 'مرحبا\u200f (٣) \u061cبالعالم\u200e'],
  ['Hebrew beside English', 'שלום\u200e hello \u200fעולם'],
  ['Persian with non-joiners', 'می\u200cخواهم'],
  ['Hindi with joiners', 'क\u094d\u200dष र\u094d\u200cक'],
  ['emoji sequences', '👩‍💻 👨🏽‍🚀 ❤️‍🔥 🏳️‍🌈 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 1️⃣'],
  ['Thai with break opportunities', 'ภาษา\u200bไทย'],
  ['a byte-order mark at the start', '\ufefftext'],
  ['alphabets side by side', 'API-ключ Δx µs IT-шник user_имя λ_max РФ USA'],
  ['Russian', 'Съешь ещё этих мягких французских булок, да выпей чаю.'],
])('does not warn of %s', (_what, text) => {
  expect(runToEnd(textWarnings(text))).toEqual([]);
});

it('names a few of many, and each kind once', () => {
  const text = `${'\u200b\u2060\u00ad\ufeff'.repeat(10)}\n\u202e\nраypal pаypal paypаl pаypаl`;
  expect(runToEnd(textWarnings(text))).toEqual([
    { kind: 'zero_width', named: ['U+200B', 'U+2060', 'U+00AD'], line: 1 },
    { kind: 'bidi_controls', named: ['U+202E'], line: 2 },
    { kind: 'mixed_scripts', named: ['раypal', 'pаypal', 'paypаl'], line: 3 },
  ]);
});

it('finds a control that reorders behind a flood of others', () => {
  const text = `${'\u200bx'.repeat(MEBIBYTE)}\u202e`;
  expect(runToEnd(textWarnings(text)).map(({ kind }) => kind)).toEqual(['zero_width', 'bidi_controls']);
});

it.each([
  ['joiners', '👩‍💻'.repeat(MEBIBYTE / 8)],
  ['marks in one line', `א${'\u200fx'.repeat(MEBIBYTE)}`],
  ['marks in many lines', '\u200fx\n'.repeat(MEBIBYTE)],
  ['mixed words', 'aж bш '.repeat(MEBIBYTE / 2)],
  ['one endless word', `${'ж1_'.repeat(MEBIBYTE)}a`],
])('ends for megabytes of %s', (_what, text) => {
  // In time that grows with the square of the text, it would take hours.
  expect(runToEnd(textWarnings(text))).toBeInstanceOf(Array);
});

it('reports a title and file names together', () => {
  const files = [{ name: 'a\u200b.ts' }, { name: 'b\u202ets.exe' }, { name: '\u202e' }];
  expect(nameWarnings({ title: 'fine', files }).map(({ kind }) => kind)).toEqual([
    'zero_width',
    'bidi_controls',
  ]);
});
