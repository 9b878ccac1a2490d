import { describe, expect, it, vi } from 'vitest';
import { pageTextIn } from '@/lib/core/i18n/page-text';
import { RENDERED_BYTES, renderFile, renderText } from './render-file';

function render(key: string, readText: () => Promise<string>) {
  return renderFile({
    kind: 'markdown',
    key,
    readText,
    files: [{ name: 'a.md', language: 'markdown' }],
    label: 'a.md',
    fileNumber: 1,
    pageText: pageTextIn('en'),
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
