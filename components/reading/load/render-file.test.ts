import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { pageTextIn } from '@/lib/core/i18n/page-text';
import { renderText } from '../render-text';
import { RENDERED_BYTES, renderFile } from './render-file';

function render(key: string, readText: () => Promise<string>) {
  return renderFile({
    kind: 'markdown',
    key,
    readText,
    files: [{ name: 'a.md', language: 'markdown' }],
    label: 'a.md',
    fileNumber: 1,
    pageText: pageTextIn('en'),
    onlyDefault: false,
  });
}

describe('renderFile', () => {
  it('reads and renders a file once', async () => {
    const readText = vi.fn(async () => '# Title');
    const first = await render('once', readText);
    expect(first?.html).toContain('Title');
    expect(await render('once', readText)).toBe(first);
    expect(readText).toHaveBeenCalledTimes(1);
  });

  it('tries again a minute after a file could not be rendered', async () => {
    const now = performance.now.bind(performance);
    let passed = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now() + passed);
    const readText = vi.fn(async () => '');
    expect(await render('failed', readText)).toBeNull();
    readText.mockResolvedValue('# Title');
    passed = 50_000;
    // Time stands still for the store for a millisecond.
    await setTimeout(5);
    expect(await render('failed', readText)).toBeNull();
    expect(readText).toHaveBeenCalledTimes(1);
    passed = 61_000;
    await setTimeout(5);
    expect((await render('failed', readText))?.html).toContain('Title');
    vi.restoreAllMocks();
  });

  it('has only what is shown by default, where the rest is of no use', async () => {
    const renderTable = (key: string, text: string, onlyDefault: boolean) =>
      renderFile({
        kind: 'csv',
        key,
        readText: async () => text,
        files: [{ name: 'a.csv', language: 'csv' }],
        label: 'a.csv',
        fileNumber: 1,
        pageText: pageTextIn('en'),
        onlyDefault,
      });
    const cut = `a,b\n${'1,2\n'.repeat(1_001)}`;
    expect(await renderTable('cut', cut, true)).toBeNull();
    expect((await renderTable('cut', cut, false))?.notes).toHaveLength(1);
    const large = `${'n,'.repeat(99)}n\n${`${'1,'.repeat(99)}1\n`.repeat(300)}`;
    expect(await renderTable('large', large, true)).toBeNull();
    expect(await renderTable('large', large, false)).toMatchObject({ notes: [], isDefault: false });
    expect((await renderTable('uneven', 'a,b\n1', false))?.isDefault).toBe(false);
    expect((await renderTable('whole', 'a,b\n1,2', true))?.isDefault).toBe(true);
  });

  it('takes only tabs for the delimiter of a .tsv', async () => {
    const tableOf = (name: string) =>
      renderText('a,b\n1,2\n', {
        kind: 'csv',
        files: [{ name, language: 'text' }],
        label: name,
        fileNumber: 1,
        pageText: pageTextIn('en'),
      });
    expect((await tableOf('a.csv'))?.html).toContain('>2</td>');
    expect(await tableOf('a.TSV')).toBeNull();
  });

  it('links to the part of another file, to its headings and to its lines', async () => {
    const hrefsOf = async (text: string, names: string[]) => {
      const rendered = await renderText(text, {
        kind: 'markdown',
        files: names.map((name) => ({ name, language: name.endsWith('.md') ? 'markdown' : 'text' })),
        label: 'a.md',
        fileNumber: 1,
        pageText: pageTextIn('en'),
      });
      return [...(rendered?.html ?? '').matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    };
    const text =
      '[1](b.md) [2](b.md#c) [3](b.md#L2) [4](c.txt#c) [5](c.txt#L2) [6](a.md) [7](a.md#L2) [8](d.md)';
    const hrefs = ['#file-2', '#md2-c', '#f2-L2', '#file-3', '#f3-L2', '#file-1', '#L2'];
    expect(await hrefsOf(text, ['a.md', 'b.md', 'c.txt'])).toEqual(hrefs);
    expect(await hrefsOf('[1](a.md) [2](a.md#c) [3](b.md)', ['a.md'])).toEqual(['#md1-c']);
  });

  it('forgets the oldest beyond its limit', async () => {
    const first = await render('oldest', async () => 'first');
    const large = 'many words\n\n'.repeat(20_000);
    let bytes = 0;
    for (let number = 1; bytes <= RENDERED_BYTES; number += 1) {
      const rendered = await render(`large-${number}`, async () => large);
      bytes += (rendered?.html.length ?? 0) * 2;
    }
    const again = await render('oldest', async () => 'first');
    expect(again).toEqual(first);
    expect(again).not.toBe(first);
  });
});
