import { describe, expect, it, vi } from 'vitest';
import { isAbortedRequest, requestAborted } from '@/lib/core/app-error';
import { createPaste } from '@/lib/pastes/create';
import type { FileRecord } from '@/lib/pastes/queries';
import { createPasteSchema } from '@/lib/pastes/schema';
import { blobStore } from '@/lib/storage/blob-store';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../../test/callers';
import { FILE_MARKUP_BYTES, fileMarkup, startMarkup } from './file-markup';

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

describe('startMarkup', () => {
  const LONG = 'const a = 1;\n'.repeat(20_000);

  it('has the first lines of a large file before the whole, and the whole from memory', async () => {
    const file = await storeFile(`${LONG}a\u202eb\n`);
    const place = { number: 1, maxLines: 100_000 };
    const start = await startMarkup(file, place);
    if (!('whole' in start)) throw new Error('The file is not large.');
    expect(textOf(start.first.lines)).toBe('const a = 1;\n'.repeat(200));
    expect(start.warnings.map(({ kind }) => kind)).toEqual(['bidi_controls']);
    const whole = await start.whole;
    expect(textOf(whole.lines)).toBe(`${LONG}a\u202eb\n`);
    expect(whole.warnings).toBe(start.warnings);
    expect(await startMarkup(file, place)).toBe(whole);
  });

  it('has the whole of a small file', async () => {
    expect(await startMarkup(await storeFile('const a = 1;\n'.repeat(400)), PLACE)).toHaveProperty('lines');
  });

  it('rejects the whole when the request has gone', async () => {
    const leaving = new AbortController();
    const start = await startMarkup(await storeFile(LONG), { ...PLACE, signal: leaving.signal });
    leaving.abort(requestAborted());
    if (!('whole' in start)) throw new Error('The file is not large.');
    await expect(start.whole).rejects.toSatisfy(isAbortedRequest);
  });
});
