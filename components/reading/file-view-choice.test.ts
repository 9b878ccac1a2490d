import { describe, expect, it } from 'vitest';
import { readViews } from '@/lib/text/rendering/remembered-views';
import { chooseView, shownView, usualView, viewHref } from './file-view-choice';

const views = readViews(undefined);

describe('chooseView', () => {
  it('renders Markdown, and leaves data to what can be shown of it', () => {
    expect(chooseView({ query: undefined, kind: 'markdown', fileNumber: 1, views })).toBe('rendered');
    expect(chooseView({ query: undefined, kind: 'json', fileNumber: 1, views })).toBe('auto');
    expect(chooseView({ query: undefined, kind: 'csv', fileNumber: 1, views })).toBe('auto');
    expect(chooseView({ query: 'rendered', kind: null, fileNumber: 1, views })).toBe('source');
  });

  it('follows the query, for all files or for one', () => {
    expect(chooseView({ query: 'source', kind: 'markdown', fileNumber: 3, views })).toBe('source');
    expect(chooseView({ query: 'source-2', kind: 'markdown', fileNumber: 2, views })).toBe('source');
    expect(chooseView({ query: 'source-2', kind: 'markdown', fileNumber: 1, views })).toBe('rendered');
    expect(chooseView({ query: 'rendered-12', kind: 'csv', fileNumber: 12, views })).toBe('rendered');
  });

  it('is what the reader chose before, unless the query says otherwise', () => {
    const chosen = readViews('markdown-source.csv-rendered');
    expect(chooseView({ query: undefined, kind: 'markdown', fileNumber: 1, views: chosen })).toBe('source');
    expect(chooseView({ query: undefined, kind: 'csv', fileNumber: 1, views: chosen })).toBe('rendered');
    expect(chooseView({ query: 'rendered', kind: 'markdown', fileNumber: 1, views: chosen })).toBe(
      'rendered',
    );
    expect(chooseView({ query: 'source-2', kind: 'csv', fileNumber: 1, views: chosen })).toBe('rendered');
  });

  it.each(['', 'none', 'source-', 'source-x', 'rendered-123'])('ignores %j', (query) => {
    expect(chooseView({ query, kind: 'csv', fileNumber: 1, views })).toBe('auto');
  });
});

describe('shownView', () => {
  it('is what is wanted, or else the default', () => {
    expect(shownView('source', { isDefault: true })).toBe('source');
    expect(shownView('rendered', { isDefault: false })).toBe('rendered');
    expect(shownView('rendered', null)).toBe('rendered');
    expect(shownView('auto', { isDefault: true })).toBe('rendered');
    expect(shownView('auto', { isDefault: false })).toBe('source');
    expect(shownView('auto', null)).toBe('source');
  });
});

describe('usualView', () => {
  it('is what the reader chose, or else the default', () => {
    const part = { isDefault: false };
    expect(usualView('source', { wanted: 'rendered', rendered: part })).toBe('source');
    expect(usualView('auto', { wanted: 'rendered', rendered: part })).toBe('source');
    expect(usualView('auto', { wanted: 'auto', rendered: { isDefault: true } })).toBe('rendered');
  });

  it('is unknown where there was no need to render the text', () => {
    expect(usualView('auto', { wanted: 'source', rendered: null })).toBeNull();
    expect(usualView('rendered', { wanted: 'source', rendered: null })).toBe('rendered');
  });
});

describe('viewHref', () => {
  it('contains the view unless it is the usual one, and the file if there are several', () => {
    const markdown = { usual: 'rendered', fileNumber: 2 } as const;
    expect(viewHref('/a', { ...markdown, view: 'source', isSingle: true })).toBe('/a?view=source');
    expect(viewHref('/a', { ...markdown, view: 'rendered', isSingle: true })).toBe('/a');
    expect(viewHref('/a', { ...markdown, view: 'source', isSingle: false })).toBe('/a?view=source-2#file-2');
    expect(viewHref('/a', { ...markdown, view: 'rendered', isSingle: false })).toBe('/a#file-2');
  });

  it('contains the view where the usual one is unknown', () => {
    const data = { usual: null, fileNumber: 1, isSingle: true } as const;
    expect(viewHref('/a', { ...data, view: 'source' })).toBe('/a?view=source');
    expect(viewHref('/a', { ...data, view: 'rendered' })).toBe('/a?view=rendered');
  });
});
