import { decodeExtended } from 'content-disposition';
import { AppError, invalidField } from '../core/errors';
import type { PartRange } from '../core/http/form-meter';
import { decodeText } from './body';

/** One part of a form. Its bytes are as they were sent, whether it is a file or a text. */
export interface FormPart {
  name: string;
  /** Absent for a text. */
  fileName: string | undefined;
  content: Uint8Array;
}

/** What stands between a delimiter and the end of its line (RFC 2046, 5.1.1). */
const DELIMITER_REST = /^[ \t]*\r\n/;
/** A line break within a header. */
const FOLD = /\r\n(?=[ \t])/g;
const FIELD = /^([!-9;-~]+)[ \t]*:([^\r\n]*)$/;
const DISPOSITION = /^[ \t]*form-data[ \t]*/i;
/** A parameter, or none between two semicolons. Neither branch can be tried from a blank or twice on the same bytes. */
const PARAMETER =
  /;[ \t]*(?:([^\s;="]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"[ \t]*|((?![ \t"])[^;]*)))?(?=;|$)/sy;
const IDENTITY_ENCODINGS = ['7bit', '8bit', 'binary'];
/** Browsers and curl escape these three characters, and no others, in names. */
const ESCAPED: Readonly<Record<string, string>> = { '%22': '"', '%0D': '\r', '%0A': '\n' };

/** @throws AppError malformed_body, validation_failed (a name that is not UTF-8) */
export function readPart(body: Buffer, { headersAt, contentAt, end }: PartRange): FormPart {
  if (contentAt === undefined) throw malformedForm('A part has headers that do not end.');
  const headers = readHeaders(body.toString('latin1', headersAt, contentAt));
  const encoding = headers.get('content-transfer-encoding')?.trim().toLowerCase();
  if (encoding !== undefined && !IDENTITY_ENCODINGS.includes(encoding)) {
    throw malformedForm('A part has a Content-Transfer-Encoding, which forms may not use.');
  }
  const parameters = readParameters(headers.get('content-disposition') ?? '');
  const name = readParameter(parameters, 'name');
  if (!name) throw malformedForm('A part has no name.');
  return { name, fileName: readParameter(parameters, 'filename'), content: body.subarray(contentAt, end) };
}

export function malformedForm(detail: string): AppError {
  return new AppError('malformed_body', { detail });
}

/** The first header of each name, in lower case, each byte as one character. */
function readHeaders(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  const rest = DELIMITER_REST.exec(text)?.[0];
  if (rest === undefined) throw malformedForm('A line begins with the boundary and continues.');
  for (const line of text.slice(rest.length).replace(FOLD, '').split('\r\n').filter(Boolean)) {
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    if (name === '') throw malformedForm('A part has a line that is not a header.');
    if (!headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value);
  }
  return headers;
}

/** The parameters of a Content-Disposition by their names in lower case, each byte as one character. */
function readParameters(disposition: string): Map<string, string> {
  const parameters = new Map<string, string>();
  let at = DISPOSITION.exec(disposition)?.[0].length ?? -1;
  while (at !== disposition.length) {
    PARAMETER.lastIndex = Math.max(0, at);
    const match = at === -1 ? null : PARAMETER.exec(disposition);
    if (match === null) throw malformedForm('A part has no readable Content-Disposition.');
    const [all, name, quoted, token = ''] = match;
    at += all.length;
    if (name) parameters.set(name.toLowerCase(), quoted?.replace(/\\(["\\])/g, '$1') ?? token.trimEnd());
  }
  return parameters;
}

/** The extended form counts wherever it stands (RFC 6266, 4.3), unless it cannot be read. */
function readParameter(parameters: ReadonlyMap<string, string>, name: string): string | undefined {
  const [plain, extended] = [parameters.get(name), parameters.get(`${name}*`)];
  const decoded = extended === undefined ? undefined : decodeExtended(extended);
  if (decoded !== undefined) return decoded;
  if (plain === undefined && extended !== undefined) throw invalidField('files', 'not_utf8');
  return plain === undefined ? undefined : decodeName(Buffer.from(plain, 'latin1'));
}

function decodeName(bytes: Buffer): string {
  return decodeText(bytes, 'files').replace(
    /%(?:22|0D|0A)/gi,
    (triplet) => ESCAPED[triplet.toUpperCase()] ?? triplet,
  );
}
