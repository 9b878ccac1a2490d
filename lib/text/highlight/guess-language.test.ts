import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { guessLanguage } from './guess-language';
import { findLanguage } from './languages';

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
    ...['*', '<', '[', '{"', 'select ', '- a: ', '\n', ' ', '\n \t', 'function '].map((part) => [
      `a long line of ${part}`,
      part.repeat(20_000),
    ]),
  ])('makes nothing of %s', (_name, text) => {
    expect(guessLanguage(text ?? '')).toBeNull();
  });
});
