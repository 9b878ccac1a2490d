import { describe, expect, it, vi } from 'vitest';
import { isAbortedRequest, requestAborted } from '@/lib/core/app-error';
import { createPaste } from '@/lib/pastes/create';
import type { FileRecord } from '@/lib/pastes/queries';
import { createPasteSchema } from '@/lib/pastes/schema';
import { blobStore } from '@/lib/storage/blob-store';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../../test/callers';
import { FILE_MARKUP_BYTES, fileMarkup } from './file-markup';

useTestDatabase();

const PLACE = { number: 1, maxLines: 1_000 };

async function storeFile(content: string, language = 'typescript'): Promise<FileRecord> {
  const { paste } = await createPaste(createPasteSchema.parse({ content, language }), ANONYMOUS);
  return paste.files[0] as FileRecord;
}

function textOf(lines: Uint8Array): string {
  return Buffer.from(lines)
    .toString()
    .replace(/<[^>]*>/g, '');
}

describe('fileMarkup', () => {
  it('highlights a body once, also for readers at the same time', async () => {
    const file = await storeFile('const a = 1');
    const first = fileMarkup(file, PLACE);
    const second = fileMarkup(file, PLACE);
    expect(await first).toBe(await second);
    expect(await fileMarkup(file, PLACE)).toBe(await first);
    const other = await fileMarkup({ ...file, language: 'text' }, PLACE);
    expect(Buffer.from(other.lines).toString()).toContain('>const a = 1</span>');
    expect((await first).lines.byteLength).toBeGreaterThan(other.lines.byteLength);
  });

  it('has the lines and the warnings of the text', async () => {
    const { lines, warnings, isColoured } = await fileMarkup(await storeFile('a\u202eb <c>\n'), PLACE);
    expect(textOf(lines)).toBe('a\u202eb &lt;c&gt;\n');
    expect(warnings.map(({ kind }) => kind)).toEqual(['bidi_controls']);
    expect(isColoured).toBe(true);
  });

  it('forgets the oldest markup beyond its limit', async () => {
    const large = 'a\n'.repeat(100_000);
    const first = await storeFile('oldest');
    const held = await fileMarkup(first, PLACE);
    let bytes = 0;
    for (let number = 1; bytes <= FILE_MARKUP_BYTES; number += 1) {
      const file = { ...(await storeFile(large, 'text')), language: `text-${number}` };
      bytes += (await fileMarkup(file, { number, maxLines: 100_000 })).lines.byteLength;
    }
    expect(await fileMarkup(first, PLACE)).not.toBe(held);
  });

  it('does not keep a failure', async () => {
    const file = await storeFile('back soon');
    vi.spyOn(blobStore(), 'get').mockRejectedValueOnce(new Error('down'));
    await expect(fileMarkup(file, PLACE)).rejects.toThrow();
    expect(textOf((await fileMarkup(file, PLACE)).lines)).toBe('back soon');
  });

  it('stops when the request that began it has gone, but not for another that waits', async () => {
    const file = await storeFile(`const a = [${'1, 2, '.repeat(200_000)}];`);
    const leaving = new AbortController();
    const first = fileMarkup(file, { ...PLACE, signal: leaving.signal });
    const second = fileMarkup(file, PLACE);
    leaving.abort(requestAborted());
    await expect(first).rejects.toSatisfy(isAbortedRequest);
    expect(textOf((await second).lines)).toContain('const a = [1, 2, 1,');
  });
});
