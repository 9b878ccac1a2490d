import { describe, expect, it } from 'vitest';
import { viewFor } from './which-view';

describe('viewFor', () => {
  it.each([
    ['README.md', 'markdown', 'markdown'],
    ['', 'markdown', 'markdown'],
    ['README.md', 'text', null],
    ['a.json', 'json', 'json'],
    ['', 'json-ld', 'json'],
    ['a.csv', 'text', 'csv'],
    ['A.TSV', 'text', 'csv'],
    ['', 'csv', 'csv'],
    ['a.txt', 'tsv', 'csv'],
    ['a.csv', 'python', null],
    ['csv', 'text', null],
    ['a.csv.txt', 'text', null],
    ['', 'text', null],
    ['a.ts', 'typescript', null],
  ])('shows %j in %s as %s', (name, language, view) => {
    expect(viewFor({ name, language })).toBe(view);
  });
});
