import { describe, expect, it } from 'vitest';
import { readViews, withView } from './remembered-views';

const DEFAULTS = { markdown: 'rendered', json: 'auto', csv: 'auto', diff: 'inline' };

describe('readViews', () => {
  it('has the default of each kind without a choice', () => {
    expect(readViews(undefined)).toEqual(DEFAULTS);
    expect(readViews('')).toEqual(DEFAULTS);
  });

  it('has what was chosen', () => {
    expect(readViews('csv-rendered.diff-split')).toEqual({ ...DEFAULTS, csv: 'rendered', diff: 'split' });
  });

  it.each([
    'csv',
    'csv-',
    'csv-split',
    'constructor-rendered',
    '__proto__',
    '..',
    'csv-rendered;',
    'CSV-RENDERED',
  ])('ignores %s', (cookie) => {
    expect(readViews(cookie)).toEqual(DEFAULTS);
  });
});

describe('withView', () => {
  it('adds, replaces and drops a choice, always in the same order', () => {
    expect(withView(undefined, 'json-rendered')).toBe('json-rendered');
    expect(withView('json-rendered', 'markdown-source')).toBe('markdown-source.json-rendered');
    expect(withView('markdown-source.json-rendered', 'markdown-rendered')).toBe('json-rendered');
    expect(withView('json-rendered', 'json-source')).toBe('json-source');
  });

  it('drops what is unknown, and refuses to add it', () => {
    expect(withView('a-b.csv-rendered', 'diff-split')).toBe('csv-rendered.diff-split');
    for (const choice of ['', 'csv', 'csv-split', 'toString-rendered', 'markdown-rendered-2'])
      expect(withView('csv-rendered', choice)).toBeNull();
  });
});
