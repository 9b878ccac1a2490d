import { describe, expect, it } from 'vitest';
import { parseCommand } from './options';

it('reads standard input unless files are named', () => {
  expect(parseCommand([])).toMatchObject({
    command: 'create',
    files: ['-'],
    secret: false,
    timeoutMs: 60_000,
  });
  expect(parseCommand(['a.ts', '-'])).toMatchObject({ command: 'create', files: ['a.ts', '-'] });
  expect(parseCommand(['./get', '--', '-rf'])).toMatchObject({ command: 'create', files: ['./get', '-rf'] });
});

it('reads the options of each command, before and after it', () => {
  expect(
    parseCommand(['--secret', '--burn', '2', '--expires', 'P3D', '--title=Plan', '--password', 'a']),
  ).toMatchObject({ secret: true, burn: 2, expires: 'P3D', title: 'Plan', askPassword: true, files: ['a'] });
  expect(parseCommand(['--host', 'sheaf.example', 'get', 'x', '-o', 'y', '--force', '--yes'])).toMatchObject({
    command: 'get',
    host: 'sheaf.example',
    link: 'x',
    output: 'y',
    force: true,
    yes: true,
  });
  expect(parseCommand(['delete', 'x', '--edit-key-file', 'k', '--timeout', '5'])).toMatchObject({
    command: 'delete',
    link: 'x',
    editKeyFile: 'k',
    timeoutMs: 5_000,
  });
  expect(parseCommand(['-h', '--secret'])).toEqual({ command: 'help' });
  expect(parseCommand(['--version'])).toEqual({ command: 'version' });
});

describe('wrong usage is one sentence', () => {
  it.each([
    [['--nothing'], /Unknown option/],
    [['--name'], /argument missing/],
    [['--json=yes'], /does not take an argument/],
    [['get'], /takes one link/],
    [['get', 'a', 'b'], /takes one link/],
    [['get', 'a', '--burn', '1'], /get does not take --burn/],
    [['a', '--dir', 'd'], /--dir needs get or delete/],
    [['get', 'a', '-o', 'x', '--dir', 'y'], /either/],
    [['get', 'a', '-o', 'x', '--json'], /--json/],
    [['--burn', '0'], /from 1 to 100/],
    [['--burn', '101'], /from 1 to 100/],
    [['--burn', '1e1'], /from 1 to 100/],
    [['--timeout', '0'], /from 1 to 3600/],
    [['--expires', 'tomorrow'], /--expires is one of/],
    [['--visibility', 'hidden'], /--visibility is one of/],
    [['--password'], /needs --secret/],
    [['--password-file', 'f'], /needs --secret/],
    [['--secret', '--password', '--password-file', 'f'], /either/],
    [['--secret', '--visibility', 'public'], /cannot be public/],
    [['--burn', '1', '--visibility', 'public'], /cannot be public/],
    [['--name', 'x', 'a', 'b'], /one file/],
    [['-', '-'], /only one/],
    [Array.from({ length: 21 }, () => 'a'), /at most 20/],
  ])('%j', (args, sentence) => {
    const parse = () => parseCommand(args);
    expect(parse).toThrow(sentence);
    expect(parse).toThrow(
      expect.objectContaining({ exit: 'usage', message: expect.not.stringMatching(/\n/) }),
    );
  });
});
