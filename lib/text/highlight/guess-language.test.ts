import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { guessLanguage } from './guess-language';
import { findLanguage, PLAIN_TEXT } from './languages';

const sample = (path: string) =>
  readFileSync(new URL(`../../../prisma/samples/${path}`, import.meta.url), 'utf8');

describe('guessLanguage', () => {
  it.each([
    ['typescript', sample('retry/retry.ts')],
    ['typescript', 'const a: number = 1;\nconsole.log(a);\n'],
    ['sql', sample('window/running-total.sql')],
    ['markdown', sample('standup.md')],
    ['python', sample('tail.py')],
    ['diff', sample('off-by-one.diff')],
    ['nginx', sample('nginx.conf')],
    ['json', '{"a": [1, 2, {"b": null}]}'],
    ['json', '[]\n'],
    ['html', '<!DOCTYPE html>\n<title>x</title>'],
    ['xml', '<?xml version="1.0"?>\n<a/>'],
    ['php', '<?php echo 1;'],
    ['go', 'package main\n\nfunc main() {\n\tprintln("hi")\n}\n'],
    ['go', 'package main\n\nfunc main() {}'],
    ['sql', 'delete from users where username = $1'],
    ['rust', 'use std::fmt;\n\nfn main() {\n    let mut x = 1;\n    println!("{x}");\n}\n'],
    ['c', '#include <stdio.h>\n\nint main(void) {\n  printf("hi");\n}\n'],
    ['cpp', '#include <iostream>\n\nint main() { std::cout << 1; }\n'],
    ['java', 'import java.util.List;\n\npublic class A {\n  public static void main(String[] a) {}\n}\n'],
    ['csharp', 'using System;\n\nnamespace A {\n  public class B {}\n}\n'],
    ['ruby', "require 'json'\n\ndef hi\n  puts 1\nend\n"],
    ['shell', 'sudo apt-get update\nexport A=1\necho $A\n'],
    ['dockerfile', 'FROM node:24-slim\nWORKDIR /app\nRUN npm ci\n'],
    ['yaml', 'services:\n  app:\n    image: sheaf\n  db:\n    image: postgres\n'],
    ['toml', '[package]\nname = "sheaf"\nversion = "1"\n'],
    ['css', '.page {\n  color: red;\n  margin: 0;\n}\n'],
    ['javascript', "const a = require('a');\nconsole.log(a);\n"],
    ['shell', 'export A=1\nexport B=2\n'],
    ['http', 'GET /raw HTTP/1.1\nHost: localhost\n'],
  ])('knows %s', (language, text) => {
    expect(guessLanguage(text)).toBe(language);
    expect(findLanguage(language)?.id).toBe(language);
  });

  it.each([
    [
      'a letter',
      'Dear Ada,\n\nthe meeting is on Tuesday: 10 am. Bring the letters - all of them.\n\nYours, Grace\n',
    ],
    ['Russian', 'Привет! Завтра в десять.'],
    ['a log', sample('deploy.log')],
    ['numbers', '1\n2\n3\n'],
    ['nothing', ''],
    ['a line', '---\n'],
    ['a word', 'done\n'],
    ['headers', 'X-Invoke-Path: /admin\nIf-Modified-Since: never\n'],
    ['a note', 'Shopping:\n- milk\n- eggs\n\nHardware:\n  - nails\n'],
    ['logfmt', 'time=10:00 level=info msg=up\ntime=10:01 level=info msg=a\ntime=10:02 level=warn msg=b\n'],
    ['tasks', 'create table of contents\ndelete from the list what is done\ninsert into the folder\n'],
    ...['*', '<', '[', '{"', 'select ', '- a: ', '\n', ' ', '\n \t', 'function ', '#', '# ', '`', '/*'].map(
      (part) => [`a long line of ${part}`, part.repeat(20_000)],
    ),
  ])('makes nothing of %s', (_name, text) => {
    expect(guessLanguage(text ?? '')).toBeNull();
  });

  it.each([
    ['keys under comments', '# Team\n\n## Members\n\nmembers:\n- alba\n- jon\n', 'yaml'],
    ['a list with keys', '# what to install\n- name: git\n- name: vim\n  version: 9\n', 'yaml'],
    ['a list under a comment', '# what to install\n- git\n- vim\n', null],
    [
      'settings',
      '# Title\n\n## Network, see [the docs](https://example.com)\n\nport = 80\nhost = a\nname = b\n',
      'properties',
    ],
    [
      'an unknown format',
      '# Title\n\n## `a`, see [the docs](https://example.com)\n\nhost alpha\nport 80\n',
      null,
    ],
    ['notes', '# today\nbuy bread\n\n# tomorrow\ncall **Jana**\n', null],
    ['a comment', '/*\n# Title\n\n## Part\n\n- [ ] one\n- [a](b.md)\n*/\nfoo bar\n', null],
    ['reStructuredText', 'Use\n===\n\n.. note:: **New**\n\n- `a`\n- `b <c>`_\n', null],
  ])('takes %s under lines with # for no Markdown', (_name, text, language) => {
    expect(guessLanguage(text)).toBe(language);
  });

  it('looks at the first 4,096 characters only', () => {
    const prose = 'The letters came on Tuesday, and all of them were read aloud.\n'.repeat(70);
    expect(guessLanguage(prose + sample('nginx.conf'))).toBeNull();
    expect(guessLanguage(`${'a'.repeat(5_000)}\n${sample('tail.py')}`)).toBeNull();
    expect(guessLanguage(`{"a": 1,\n${'!'.repeat(4 << 20)}`)).toBe('json');
  });
});

interface Sample {
  name: string;
  language: string;
  text: string;
}

const samplesUrl = new URL('test-files/guess/', import.meta.url);

function readSamples(set: string): Sample[] {
  return readdirSync(new URL(set, samplesUrl)).flatMap((file) => {
    const [, ...parts] = readFileSync(new URL(`${set}/${file}`, samplesUrl), 'utf8').split(/^@{8} /m);
    return parts.map((part) => {
      const end = part.indexOf('\n');
      const language = file.slice(0, file.indexOf('.'));
      return { name: `${file}: ${part.slice(0, end)}`, language, text: part.slice(end + 1) };
    });
  });
}

describe.each([
  { set: 'first', atLeast: 250, languages: 60 },
  { set: 'second', atLeast: 125, languages: 40 },
  { set: 'third', atLeast: 55, languages: 25 },
])('guessLanguage on the $set set of unnamed samples', ({ set, atLeast, languages }) => {
  const samples = readSamples(set);
  const guesses = samples.map((one) => ({ ...one, guess: guessLanguage(one.text) }));

  it('has enough of them, in languages that there are', () => {
    const ids = new Set(samples.map(({ language }) => language));
    expect(samples.length).toBeGreaterThanOrEqual(atLeast);
    expect(ids.size).toBeGreaterThanOrEqual(languages);
    expect([...ids].filter((id) => findLanguage(id)?.id !== id)).toEqual([]);
  });

  it('answers most of them, and nearly always right', () => {
    const inLanguage = guesses.filter(({ language }) => language !== PLAIN_TEXT);
    const answered = inLanguage.filter(({ guess }) => guess !== null).length / inLanguage.length;
    const answers = guesses.filter(({ guess }) => guess !== null);
    const wrong = answers.filter(({ language, guess }) => guess !== language);
    const right = 1 - wrong.length / answers.length;
    const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
    process.stdout.write(
      `${set}: ${percent(answered)} of ${inLanguage.length} samples in a language answered, ` +
        `${percent(right)} of ${answers.length} answers right\n`,
    );
    const mistakes = wrong.map(({ name, guess }) => `${name} is no ${guess}`).join('\n');
    expect(answered).toBeGreaterThanOrEqual(0.85);
    expect(right, mistakes).toBeGreaterThanOrEqual(0.97);
  });

  it('takes no other text for Markdown, nor the beginning of one', () => {
    const others = samples.filter(({ language }) => language !== 'markdown');
    const beginnings = others.flatMap(({ name, text }) =>
      [...text.matchAll(/\n/g)].map(({ index }) => ({ name, text: text.slice(0, index + 1) })),
    );
    const taken = beginnings.filter(({ text }) => guessLanguage(text) === 'markdown');
    expect(taken.map(({ name }) => name)).toEqual([]);
  });

  it('answers the same with other ends of lines, a byte-order mark and blank lines around', () => {
    const changed = guesses.filter(({ text, guess }) =>
      [text.replaceAll('\n', '\r\n'), `\uFEFF${text}`, `\n\n${text}\n\n`].some(
        (other) => guessLanguage(other) !== guess,
      ),
    );
    expect(changed.map(({ name }) => name)).toEqual([]);
  });
});
