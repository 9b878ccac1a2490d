import { describe, expect, it } from 'vitest';
import { FormMeter, readBoundary } from './form-meter';

const LIMITS = { parts: 3, partHeaderBytes: 100, headerBytes: 200 };

const part = (header: string, content = 'x') => `--b\r\n${header}\r\n\r\n${content}\r\n`;
const NAMED = 'Content-Disposition: form-data; name="file"';

/** What the meter says of a body that arrives in chunks of this size. */
function meter(body: string, size: number): { isWithin: boolean; one: FormMeter } {
  const bytes = Buffer.from(body);
  const one = new FormMeter('b', LIMITS);
  for (let at = 0; at < bytes.length; at += size) {
    if (!one.add(bytes.subarray(at, at + size))) return { isWithin: false, one };
  }
  return { isWithin: true, one };
}

describe.each([1, 2, 3, 5, 7, 64, 100_000])('a body in chunks of %i bytes', (size) => {
  it.each([
    ['one part', `${part(NAMED)}--b--\r\n`, 1],
    ['as many parts as the limit', `${part(NAMED).repeat(3)}--b--\r\n`, 3],
    ['a preamble and an epilogue', `ignored\r\n--not\r\n${part(NAMED)}--b--\r\nignored\r\n\r\n`, 1],
    ['a part without a header', `${part(NAMED)}--b\r\n\r\nx\r\n--b--`, 2],
    ['content like a delimiter', `${part(NAMED, 'x--b\r\n-b\r\n--\r\n\r\n--a\r\n')}--b--`, 1],
    ['no closing delimiter', part(NAMED), 1],
    ['an empty part', `${part(NAMED, '')}--b--`, 1],
    ['a header that a delimiter ends', `--b\r\n${NAMED}\r\n--b\r\n--b--`, 2],
    ['a part that its header ends', `--b\r\n${NAMED}\r\n\r\n--b--`, 1],
    ['blanks after a delimiter', `--b \t\r\n${NAMED}\r\n\r\nx\r\n--b--`, 1],
    ['nothing', '', 0],
  ])('with %s is within the limits', (_name, body, parts) => {
    const { isWithin, one } = meter(body, size);
    expect([isWithin, one.parts]).toEqual([true, parts]);
  });

  it.each([
    ['one part too many', `${part(NAMED).repeat(4)}--b--\r\n`],
    ['nothing but delimiters', '--b\r\n'.repeat(4)],
    ['a long line in a header', `${part(`${NAMED}; x=${'y'.repeat(100)}`)}--b--`],
    ['many lines in a header', `${part(`${NAMED}\r\n${'a:\r\n'.repeat(30)}`)}--b--`],
    ['a header that does not end', `--b\r\n${'a:b\r\n'.repeat(200)}`],
    ['many blanks after a delimiter', `--b${' '.repeat(200)}\r\n${NAMED}\r\n\r\nx\r\n--b--`],
    ['many middling headers', `${part(`${NAMED}; x=${'y'.repeat(50)}`).repeat(3)}--b--`],
  ])('with %s is rejected', (_name, body) => {
    expect(meter(body, size).isWithin).toBe(false);
  });
});

describe.each([1, 2, 3, 5, 7, 64, 100_000])('the parts of a body in chunks of %i bytes', (size) => {
  it.each([
    ['one', `${part(NAMED)}--b--\r\n`, ['x']],
    ['an empty one', `${part(NAMED, '')}--b--`, ['']],
    ['one that its header ends', `--b\r\n${NAMED}\r\n\r\n--b\r\n${NAMED}\r\n\r\n--b--`, ['', '']],
    ['a preamble', `before\r\n${part(NAMED)}${part(NAMED, 'y\r\n')}--b--`, ['x', 'y\r\n']],
    ['a form in the epilogue', `${part(NAMED)}--b--\r\n${part(NAMED, 'y')}--b--`, ['x']],
    ['a header that a delimiter cuts off', `--b\r\n${NAMED}\r\n--b--`, [undefined]],
  ])('%s', (_name, body, contents) => {
    const { one } = meter(body, size);
    expect(one.isClosed).toBe(true);
    expect(one.ranges.map(({ contentAt, end }) => contentAt && body.slice(contentAt, end))).toEqual(contents);
    expect(one.ranges.map(({ headersAt }) => body.slice(headersAt - 3, headersAt))).toEqual(
      contents.map(() => '--b'),
    );
  });
});

describe('readBoundary', () => {
  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['multipart/form-data; BOUNDARY="a b:c"', 'a b:c'],
    [
      'multipart/form-data; charset=utf-8 ; boundary = ----WebKitFormBoundary7MA4 ; x=y',
      '----WebKitFormBoundary7MA4',
    ],
    ['multipart/form-data; boundary=boundary=', 'boundary='],
    ['multipart/form-data', null],
    ['multipart/form-data; boundary=', null],
    ['multipart/form-data; boundary=""', null],
    [`multipart/form-data; boundary=${'x'.repeat(71)}`, null],
    ['multipart/form-data; boundary=a; boundary=b', null],
    ['multipart/form-data; boundary=\u00e9', null],
    ['multipart/form-data; boundary="\u00e9"', null],
    ['multipart/form-data; boundary=a%b', null],
    ['multipart/form-data; boundary="a\\"b"', null],
    ["multipart/form-data; boundary=a; boundary*=utf-8''b", null],
    ['multipart/form-data; x="; boundary=a"; boundary=b', null],
  ])('%s', (contentType, boundary) => {
    expect(readBoundary(contentType)).toBe(boundary);
  });
});
