import { describe, expect, it } from 'vitest';
import { hasOnlyCrlf, restoreLineEnds, toLineFeeds } from './newlines';

describe('restoreLineEnds', () => {
  it.each(['a\r\nb\r\n', 'a\nb\rc\r\n', '\uFEFFa\r\nb', '\r', ''])(
    'gives an untouched text back: %j',
    (original) => {
      expect(restoreLineEnds(toLineFeeds(original), original)).toBe(original);
    },
  );

  it('gives the byte order mark back to a text that lost it on the way', () => {
    expect(restoreLineEnds('a\n', '\uFEFFa\n')).toBe('\uFEFFa\n');
    expect(restoreLineEnds('b\n', '\uFEFFa\n')).toBe('\uFEFFb\n');
  });

  it('keeps CRLF in a changed text that had nothing else', () => {
    expect(restoreLineEnds('a\nb\nc\n', 'a\r\nb\r\n')).toBe('a\r\nb\r\nc\r\n');
  });

  it('ends every line of a changed text that had mixed ends in a line feed', () => {
    expect(restoreLineEnds('a\nb\nc', 'a\r\nb\n')).toBe('a\nb\nc');
  });
});

describe('hasOnlyCrlf', () => {
  it.each([
    ['a\r\nb\r\n', true],
    ['a\r\nb\n', false],
    ['a\r\nb\r', false],
    ['a\r\r\n', false],
    ['a', false],
  ])('%j: %s', (text, expected) => {
    expect(hasOnlyCrlf(text)).toBe(expected);
  });
});
