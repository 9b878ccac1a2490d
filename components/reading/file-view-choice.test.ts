import { describe, expect, it } from 'vitest';
import { chooseView, viewHref } from './file-view-choice';

describe('chooseView', () => {
  it('renders Markdown, and shows the source of other files', () => {
    expect(chooseView({ query: undefined, kind: 'markdown', fileNumber: 1 })).toBe('rendered');
    expect(chooseView({ query: undefined, kind: 'json', fileNumber: 1 })).toBe('source');
    expect(chooseView({ query: 'rendered', kind: null, fileNumber: 1 })).toBe('source');
  });

  it('follows the query, for all files or for one', () => {
    expect(chooseView({ query: 'source', kind: 'markdown', fileNumber: 3 })).toBe('source');
    expect(chooseView({ query: 'source-2', kind: 'markdown', fileNumber: 2 })).toBe('source');
    expect(chooseView({ query: 'source-2', kind: 'markdown', fileNumber: 1 })).toBe('rendered');
    expect(chooseView({ query: 'rendered-12', kind: 'csv', fileNumber: 12 })).toBe('rendered');
  });

  it.each(['', 'none', 'source-', 'source-x', 'rendered-123'])('ignores %j', (query) => {
    expect(chooseView({ query, kind: 'csv', fileNumber: 1 })).toBe('source');
  });
});

describe('viewHref', () => {
  it('contains the view unless it is the default, and the file if there are several', () => {
    const markdown = { kind: 'markdown', fileNumber: 2 } as const;
    expect(viewHref('/a', { ...markdown, view: 'source', isSingle: true })).toBe('/a?view=source');
    expect(viewHref('/a', { ...markdown, view: 'rendered', isSingle: true })).toBe('/a');
    expect(viewHref('/a', { ...markdown, view: 'source', isSingle: false })).toBe('/a?view=source-2#file-2');
    expect(viewHref('/a', { ...markdown, view: 'rendered', isSingle: false })).toBe('/a#file-2');
  });
});
