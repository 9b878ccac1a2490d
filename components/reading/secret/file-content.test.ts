import { describe, expect, it } from 'vitest';
import { readContent } from './file-content';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('readContent', () => {
  it.each([
    '',
    'text',
    '\ufeffwith a mark\r\n',
    'привет 👋',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'GIF89a',
  ])('has %j as text', (text) => {
    expect(readContent(new TextEncoder().encode(text))).toEqual({ kind: 'text', text });
  });

  it.each([
    ['\x89PNG\r\n\x1a\n\0', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a\0\x01', 'image/gif'],
    ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
    ['\0\0\0\x20ftypavif\0', 'image/avif'],
  ])('knows %j as %s', (start, type) => {
    expect(readContent(bytes(start))).toEqual({ kind: 'image', type });
  });

  it.each(['a\0b', '\xff\xfe', 'RIFF\x24\0\0\0WAVE', 'x\x89PNG\r\n\x1a\n', '\xc3'])(
    'has %j as binary',
    (content) => {
      expect(readContent(bytes(content))).toEqual({ kind: 'binary' });
    },
  );
});
