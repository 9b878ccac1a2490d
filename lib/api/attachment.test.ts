import { parse } from 'content-disposition';
import { describe, expect, it } from 'vitest';
import { attachment } from './attachment';

/** What a client that does not know `filename*` reads, as curl is one. */
function fallbackOf(name: string): string | undefined {
  return parse(attachment(name), { extended: false }).parameters.filename;
}

describe('attachment', () => {
  it.each([
    ['план.md', 'plan.md'],
    ['Отчёт за июль.txt', 'Otchet za iyul.txt'],
    ['Щука и Ёж.py', 'Shchuka i Ezh.py'],
    ['файл.док', 'fayl.dok'],
    ['café.txt', 'cafe.txt'],
    ['Straße – Øl.txt', 'Strasse - Ol.txt'],
    ['日本語.md', 'paste.md'],
    ['日本語', 'paste.txt'],
    ['notes-日本語.md', 'notes-_.md'],
    ['🙂.c', 'paste.c'],
    ['a.日本', 'a.txt'],
    ['ﬁle².txt', 'file2.txt'],
  ])('gives %s the ASCII name %s, and the true one beside it', (name, ascii) => {
    const header = attachment(name);
    expect(header).toMatch(/^attachment; filename=[\x20-\x7e]+$/);
    expect(fallbackOf(name)).toBe(ascii);
    expect(parse(header).parameters.filename).toBe(name);
  });

  it.each(['a.txt', 'a "b".txt', 'a\\b.txt', '100%25.txt', '.bashrc', 'a;b.txt'])(
    'leaves the ASCII name %j as it is',
    (name) => expect(parse(attachment(name)).parameters.filename).toBe(name),
  );

  it('reads a decomposed name as the composed one', () => {
    expect(fallbackOf('й.txt'.normalize('NFD'))).toBe('y.txt');
  });
});
