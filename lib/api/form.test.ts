import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toAppError } from '../core/app-error';
import { createApp } from './context';
import { readForm } from './form';
import type { FormPart } from './form-part';
import { problem } from './problem';

const LIMITS = { maxBytes: 1024 * 1024, maxParts: 4 };
const NAMED = 'Content-Disposition: form-data; name="file"';

/** Reads a body as a form. @returns its parts, or the code of the error */
async function read(
  body: Uint8Array | string,
  type = 'multipart/form-data; boundary=b',
): Promise<FormPart[] | string> {
  let parts: FormPart[] = [];
  const app = createApp();
  app.post('/', async (c) => {
    parts = await readForm(c, LIMITS);
    return c.body(null, 204);
  });
  app.onError((error, c) => problem(c, toAppError(error)));
  const init = { method: 'POST', headers: { 'content-type': type }, body: Buffer.from(body as string) };
  const answer = await app.request('/', init);
  return answer.status === 204 ? parts : ((await answer.json()) as { code: string }).code;
}

function form(...parts: [header: string, content: Uint8Array | string][]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(([header, content]) => [
      Buffer.from(`--b\r\n${header}\r\n\r\n`),
      Buffer.from(content as string),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]);
}

async function readOne(header: string): Promise<Pick<FormPart, 'name' | 'fileName'> | string> {
  const parts = await read(form([header, 'x']));
  if (typeof parts === 'string') return parts;
  expect(parts).toHaveLength(1);
  return { name: parts[0]?.name ?? '', fileName: parts[0]?.fileName };
}

describe('multipart: bytes of a part', () => {
  it.each([
    ['all 256 values', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['Latin-1, which is not UTF-8', Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a])],
    ['a byte-order mark', Buffer.from('\ufeffx')],
    ['CR, LF and NUL', Buffer.from('\r\n\r\r\n\n\0\r\n')],
    ['the beginnings of a delimiter', Buffer.from('\r\n--\r\n-\r\n--a\r\n--\r\n')],
    ['nothing', Buffer.alloc(0)],
    ['half a megabyte', randomBytes(512 * 1024)],
  ])('arrive as they were sent: %s', async (_name, content) => {
    for (const header of [NAMED, `${NAMED}; filename="a.txt"\r\nContent-Type: text/plain`]) {
      const parts = await read(form([header, content], [NAMED, 'next']));
      // As texts: a comparison of arrays goes through each byte.
      expect(typeof parts === 'string' ? parts : parts.map((part) => inHex(part.content))).toEqual([
        inHex(content),
        inHex(Buffer.from('next')),
      ]);
    }
  });
});

function inHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('multipart: legal headers', () => {
  it.each([
    ['no file name', NAMED, 'file', undefined],
    ['unquoted values', 'Content-Disposition: form-data; name=file; filename=a.txt', 'file', 'a.txt'],
    [
      'filename before name',
      'Content-Disposition: form-data; filename="a.txt"; name="file"',
      'file',
      'a.txt',
    ],
    ['filename*, as .NET sends it', `${NAMED}; filename=a.txt; filename*=utf-8''%D1%82.txt`, 'file', 'т.txt'],
    ['filename* before filename', `${NAMED}; filename*=utf-8''%D1%82.txt; filename=a.txt`, 'file', 'т.txt'],
    ['filename* alone', `${NAMED}; filename*=UTF-8'ru'%D1%82.txt`, 'file', 'т.txt'],
    ['filename* in Latin-1', `${NAMED}; filename*=iso-8859-1''caf%E9.txt`, 'file', 'café.txt'],
    ['filename* with a percent sign', `${NAMED}; filename*=utf-8''a%2522.txt`, 'file', 'a%22.txt'],
    ['an unreadable filename*', `${NAMED}; filename*=utf-8''%E9; filename=a.txt`, 'file', 'a.txt'],
    ['a filename* of another character set', `${NAMED}; filename=a; filename*=koi8-r''%D4`, 'file', 'a'],
    ['a backslash', `${NAMED}; filename="C:\\dir\\a.txt"`, 'file', 'C:\\dir\\a.txt'],
    ['an escaped backslash', `${NAMED}; filename="a\\\\b"`, 'file', 'a\\b'],
    [
      'blanks and tabs',
      'Content-Disposition:\t form-data ;\tname = "file" ; filename= a.txt ',
      'file',
      'a.txt',
    ],
    ['no blanks', 'Content-Disposition:form-data;name="file";filename="a.txt"', 'file', 'a.txt'],
    ['a semicolon at the end', `${NAMED};`, 'file', undefined],
    ['another parameter', `${NAMED}; size=1; filename="a.txt"`, 'file', 'a.txt'],
    ['a blank before the colon', 'Content-Disposition : form-data; name="file"', 'file', undefined],
    ['an encoding without effect', `${NAMED}\r\nContent-Transfer-Encoding: Binary `, 'file', undefined],
    ['an escaped quote', `${NAMED}; filename="a\\"b.txt"`, 'file', 'a"b.txt'],
    ['a percent-encoded quote', `${NAMED}; filename="a%22b.txt"`, 'file', 'a"b.txt'],
    ['a percent sign', `${NAMED}; filename="50%25.txt"`, 'file', '50%25.txt'],
    ['a semicolon in quotes', `${NAMED}; filename="a;b=c.txt"`, 'file', 'a;b=c.txt'],
    ['UTF-8', `${NAMED}; filename="план 📜.md"`, 'file', 'план 📜.md'],
    ['other letter case', 'content-disposition: FORM-DATA; NAME="file"; FileName="a.txt"', 'file', 'a.txt'],
    ['the name `blob`', `${NAMED}; filename="blob"`, 'file', 'blob'],
    ['other headers around', `X-A: b\r\n${NAMED}\r\nContent-Type: text/plain\r\nX-C: d`, 'file', undefined],
    ['a folded header', 'Content-Disposition: form-data;\r\n name="file"', 'file', undefined],
    ['a header folded twice', 'Content-Disposition:\r\n\tform-data;\r\n\t name="file"', 'file', undefined],
    ['an empty file name', `${NAMED}; filename=""`, 'file', ''],
  ])('%s', async (_name, header, name, fileName) => {
    expect(await readOne(header)).toEqual({ name, fileName });
  });

  it.each([
    ['a preamble', Buffer.concat([Buffer.from('This is a form.\r\n'), form([NAMED, 'x'])])],
    ['an epilogue', Buffer.concat([form([NAMED, 'x']), Buffer.from('\r\nThat was a form.\r\n\r\n')])],
    ['no line break at its end', form([NAMED, 'x']).subarray(0, -2)],
    ['a line break before the first delimiter', Buffer.concat([Buffer.from('\r\n'), form([NAMED, 'x'])])],
    ['blanks after a delimiter', Buffer.from(`--b \t\r\n${NAMED}\r\n\r\nx\r\n--b--\r\n`)],
    ['blanks after the last delimiter', Buffer.from(`--b\r\n${NAMED}\r\n\r\nx\r\n--b-- \t\r\n`)],
    ['a form in its epilogue', Buffer.concat([form([NAMED, 'x']), form([NAMED, 'y'])])],
  ])('a body with %s', async (_name, body) => {
    const parts = await read(body);
    expect(parts).toMatchObject([{ name: 'file' }]);
    expect(Buffer.from((parts as FormPart[])[0]?.content ?? '').toString()).toBe('x');
  });

  it.each([
    ['at the end', `--b\r\n${NAMED}\r\n\r\n--b--\r\n`, ['']],
    ['before another', `--b\r\n${NAMED}\r\n\r\n--b\r\n${NAMED}\r\n\r\nx\r\n--b--`, ['', 'x']],
    ['after another', `--b\r\n${NAMED}\r\n\r\nx\r\n--b \r\n${NAMED}\r\n\r\n--b--`, ['x', '']],
  ])('a part that its headers end: %s', async (_name, body, contents) => {
    const parts = (await read(body)) as FormPart[];
    expect(parts.map((part) => Buffer.from(part.content).toString())).toEqual(contents);
  });

  it.each([
    'multipart/form-data; boundary="b"',
    'Multipart/Form-Data;BOUNDARY=b',
    'multipart/form-data; charset=utf-8; boundary=b',
  ])('Content-Type: %s', async (type) => {
    expect(await read(form([NAMED, 'x']), type)).toMatchObject([{ name: 'file' }]);
  });
});

it('multipart: a form may have no parts', async () => {
  expect(await read('--b--\r\n')).toEqual([]);
});

describe('multipart: rejections', () => {
  it.each([
    ['no boundary', form([NAMED, 'x']), 'multipart/form-data', 'malformed_body'],
    ['two boundaries', form([NAMED, 'x']), 'multipart/form-data; boundary=b; boundary=c', 'malformed_body'],
    ['a body without parts', 'x', undefined, 'malformed_body'],
    ['an empty body', '', undefined, 'malformed_body'],
    ['no end', form([NAMED, 'x']).subarray(0, -9), undefined, 'malformed_body'],
    ['an end within a header', `--b\r\n${NAMED}`, undefined, 'malformed_body'],
    [
      'no Content-Disposition',
      form([NAMED, 'x'], ['Content-Type: text/plain', 'x']),
      undefined,
      'malformed_body',
    ],
    [
      'another disposition',
      form(['Content-Disposition: attachment; name="file"', 'x']),
      undefined,
      'malformed_body',
    ],
    ...[16_500, 900_000].map((size): [string, Buffer, undefined, string] => [
      `a part of ${size} bytes without Content-Disposition`,
      form([NAMED, 'x'], ['Content-Type: text/plain', 'x'.repeat(size)], [NAMED, 'x']),
      undefined,
      'malformed_body',
    ]),
    [
      'a boundary that is not ASCII',
      form([NAMED, 'x']),
      'multipart/form-data; boundary="\u00e9"',
      'malformed_body',
    ],
    ['no name', form(['Content-Disposition: form-data', 'x']), undefined, 'malformed_body'],
    ['a line that goes on after the boundary', form([NAMED, 'x\r\n--bar']), undefined, 'malformed_body'],
    ['line feeds alone', `--b\n${NAMED}\n\nx\n--b--\n`, undefined, 'malformed_body'],
    ['a line feed in a header', form([`X-A: a\nb\r\n${NAMED}`, 'x']), undefined, 'malformed_body'],
    ['headers that a delimiter cuts off', `--b\r\n${NAMED}\r\n--b--`, undefined, 'malformed_body'],
    ['a quote that does not end', form([`${NAMED}; filename="a`, 'x']), undefined, 'malformed_body'],
    [
      'an unreadable filename* alone',
      form([`${NAMED}; filename*=utf-8''%E9`, 'x']),
      undefined,
      'validation_failed',
    ],
    ['a line that is no header', form([`nonsense\r\n${NAMED}`, 'x']), undefined, 'malformed_body'],
    ['base64', form([`${NAMED}\r\nContent-Transfer-Encoding: base64`, 'eA==']), undefined, 'malformed_body'],
    [
      'a file name in Latin-1',
      Buffer.from(form([`${NAMED}; filename="caf\u00e9"`, 'x']).toString(), 'latin1'),
      undefined,
      'validation_failed',
    ],
    [
      'too many parts',
      form(...Array.from({ length: 5 }, (): [string, string] => [NAMED, 'x'])),
      undefined,
      'too_large',
    ],
    ['a long header', form([`${NAMED}; filename="${'x'.repeat(9_000)}"`, 'x']), undefined, 'too_large'],
    ['too many bytes', form([NAMED, 'x'.repeat(1024 * 1024)]), undefined, 'too_large'],
  ])('%s', async (_name, body, type, code) => {
    expect(await read(body, type)).toBe(code);
  });
});
