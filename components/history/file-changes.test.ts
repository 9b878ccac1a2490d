import { expect, it } from 'vitest';
import { compareFiles } from './file-changes';

function kinds(before: string, after: string): string[] {
  const parse = (text: string) =>
    text.split(' ').flatMap((part) => {
      const [name = '', sha256 = ''] = part.split('=');
      return part === '' ? [] : [{ name, sha256 }];
    });
  return compareFiles(parse(before), parse(after)).map((change) => {
    return `${change.kind} ${change.before?.name ?? '-'} ${change.after?.name ?? '-'}`;
  });
}

it('pairs files by name', () => {
  expect(kinds('a=1 b=2', 'b=3 a=1')).toEqual(['changed b b', 'same a a']);
});

it('knows a renamed file by its text', () => {
  expect(kinds('a=1 b=2', 'c=1 b=2')).toEqual(['renamed a c', 'same b b']);
});

it('matches the only remaining file', () => {
  expect(kinds('a=1', 'b=2')).toEqual(['changed a b']);
});

it('reports added and removed files', () => {
  expect(kinds('a=1 b=2 c=3', 'a=1 d=4')).toEqual(['same a a', 'added - d', 'removed b -', 'removed c -']);
  expect(kinds('', 'a=1')).toEqual(['added - a']);
});

it('pairs each of many files that share a name once', () => {
  expect(kinds('a=1 a=2 a=3', 'a=2 a=4 a=1')).toEqual(['same a a', 'changed a a', 'same a a']);
});
