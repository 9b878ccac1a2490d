import { describe, expect, it } from 'vitest';
import { base64Length, fromBase64, toBase64 } from './base64';
import type { WrittenFile, WrittenPaste } from './seal-messages';
import { intendedExpiry, toContent, toWritten } from './secret-content';

const FILE: WrittenFile = { name: '', language: '', text: 'x' };
const PASTE: WrittenPaste = { title: '', files: [FILE], lifetime: '1d', expiresAt: '', burnAfter: '' };
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, index) => index);

describe('toContent', () => {
  it.each([
    [{ title: 'T'.repeat(201) }, { title: 'title_too_long' }],
    [{ title: 'a\u0007b' }, { title: 'control_characters' }],
    [{ title: '\ud800' }, { title: 'not_unicode' }],
    [{ files: [{ ...FILE, name: 'n'.repeat(256) }] }, { 'files.0.name': 'name_too_long' }],
    [{ files: [FILE, { ...FILE, name: 'a/b' }] }, { 'files.1.name': 'name_has_path' }],
    [{ files: [{ ...FILE, name: '..' }] }, { 'files.0.name': 'name_has_path' }],
    [{ files: [{ ...FILE, text: 'a\udc00' }] }, { 'files.0.content': 'not_unicode' }],
    [{ files: [{ ...FILE, text: ' \n' }] }, { 'files.0.content': 'text_empty' }],
    [{ files: Array<WrittenFile>(21).fill(FILE) }, { 'files.0.content': 'files_too_many' }],
    [
      { files: [{ ...FILE, text: 'x'.repeat(4 * 1024 * 1024 + 1) }] },
      { 'files.0.content': 'text_too_large' },
    ],
  ])('finds what cannot be stored: %#', (change, faults) => {
    expect(toContent({ ...PASTE, ...change })).toEqual({ faults });
  });

  it('keeps every character and every byte', () => {
    const text = '\uFEFFa\r\n\0Ж漢😀\u{10FFFD}';
    const files = [
      { ...FILE, name: ` ${'n'.repeat(255)} `, text, language: 'rust' },
      { ...FILE, name: 'cat.png', text: '', base64: toBase64(EVERY_BYTE) },
    ];
    expect(toContent({ ...PASTE, title: ' T ', files })).toEqual({
      title: 'T',
      files: [
        { name: 'n'.repeat(255), language: 'rust', content: new TextEncoder().encode(text) },
        { name: 'cat.png', language: null, content: EVERY_BYTE },
      ],
    });
  });
});

describe('toWritten', () => {
  it('takes UTF-8 without NUL for text', () => {
    const written = (content: Uint8Array) => toWritten({ name: 'n', language: null, content });
    const bytes = new TextEncoder().encode('\uFEFFЖ\r\n');
    expect(written(bytes)).toEqual({ name: 'n', language: '', text: '\uFEFFЖ\r\n' });
    for (const content of [EVERY_BYTE, Uint8Array.of(0x61, 0), Uint8Array.of(0xff)]) {
      expect(written(content)).toMatchObject({ text: '', base64: toBase64(content) });
    }
  });
});

describe('base64', () => {
  it.each([0, 1, 2, 3, 256, 100_000])('holds %i bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
    const text = toBase64(bytes);
    expect(text).toBe(Buffer.from(bytes).toString('base64'));
    expect(fromBase64(text)).toEqual(bytes);
    expect(base64Length(text)).toBe(length);
  });
});

describe('intendedExpiry', () => {
  const now = new Date('2026-01-31T10:00:00Z');
  const kept = new Date('2026-02-01T00:00:00Z');
  const expiry = (lifetime: string, expiresAt = '') => intendedExpiry({ lifetime, expiresAt }, { now, kept });

  it('is what was chosen', () => {
    expect(expiry('1mo')).toEqual(new Date('2026-02-28T10:00:00Z'));
    expect(expiry('never')).toBeNull();
    expect(expiry('keep')).toBe(kept);
    expect(expiry('')).toBe(kept);
    expect(expiry('at', '2026-03-01T12:00')).toEqual(new Date('2026-03-01T12:00'));
    expect(expiry('at')).toBeUndefined();
    expect(expiry('soon')).toBeUndefined();
  });
});
