import { expect, it } from 'vitest';
import { isJunk, openFiles } from './opened-files';

it.each(['.DS_Store', '._notes.txt', 'Thumbs.db', 'desktop.ini', '__MACOSX', '.git'])(
  'leaves %s out',
  (name) => {
    expect(isJunk(name)).toBe(true);
  },
);

it.each(['.env', '.gitignore', 'notes.txt', 'git'])('keeps %s', (name) => {
  expect(isJunk(name)).toBe(false);
});

it('sorts what it is given', async () => {
  const opened = await openFiles(
    [
      new File(['\uFEFFone\r\ntwo\r'], 'exact.txt'),
      new File([new Uint8Array([0, 1, 2])], 'program.bin'),
      new File([new Uint8Array([0x89, 0x50, 0xff])], 'photo.png', { type: 'image/png' }),
      new File(['<svg/>'], 'drawing.svg', { type: 'image/svg+xml' }),
      new File(['x'.repeat(101)], 'long.txt'),
      new File(['junk'], '.DS_Store'),
    ],
    { maxBytes: 100, maxFiles: 20 },
  );
  expect(opened.files.map(({ name, text }) => [name, text])).toEqual([
    ['exact.txt', '\uFEFFone\r\ntwo\r'],
    ['drawing.svg', '<svg/>'],
  ]);
  expect(opened).toMatchObject({ binaries: ['program.bin'], images: ['photo.png'], tooLarge: ['long.txt'] });
});

it('reads no more than fits into one paste', async () => {
  const files = ['a', 'b', 'c', 'd'].map((name) => new File(['x'.repeat(40)], name));
  const full = await openFiles(files, { maxBytes: 100, maxFiles: 20 });
  expect(full).toMatchObject({ files: [{ name: 'a' }, { name: 'b' }], tooLarge: ['c', 'd'], left: 0 });
  const many = await openFiles(files, { maxBytes: 1_000, maxFiles: 3 });
  expect(many.files.length).toBe(3);
  expect(many.left).toBe(1);
});
