import { downloadZip } from 'client-zip';
import { create as contentDisposition } from 'content-disposition';
import { AppError } from '../../errors';
import { fileExtension } from '../../highlight/languages';
import { uniqueNames } from '../../pastes/file-names';
import type { FileRecord } from '../../pastes/queries';
import { readFileBody, readPaste } from '../../pastes/service';
import { RAW_POLICY } from '../../security-headers';
import { type ApiApp, type ApiContext, viewerOf } from '../context';

/** `/{slug}/raw`, `/{slug}/raw/{n}` and `/{slug}/download`: bytes, outside the versioned API. */
export function addRawRoutes(app: ApiApp): void {
  app.get('/:slug/raw', (c) => sendRaw(c, '1'));
  app.get('/:slug/raw/:n', (c) => sendRaw(c, c.req.param('n')));
  app.get('/:slug/download', sendDownload);
}

/** The exact bytes of file `position` of the paste named in the path. */
export async function sendRaw(c: ApiContext, position: string): Promise<Response> {
  const paste = await readBytesOf(c);
  const file = /^[1-9]\d?$/.test(position) ? paste.files[Number(position) - 1] : undefined;
  if (!file) throw new AppError('not_found');
  const body = await readFileBody(file);
  return c.body(body as Uint8Array<ArrayBuffer>, 200, {
    ...rawHeaders(paste.visibility),
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(body.length),
  });
}

async function sendDownload(c: ApiContext): Promise<Response> {
  const paste = await readBytesOf(c);
  const headers = rawHeaders(paste.visibility);
  const [first] = paste.files;
  if (!first) throw new AppError('not_found');
  if (paste.files.length === 1) {
    const body = await readFileBody(first);
    return c.body(body as Uint8Array<ArrayBuffer>, 200, {
      ...headers,
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': String(body.length),
      'Content-Disposition': contentDisposition(
        first.name || `${paste.slug}.${fileExtension(first.language)}`,
      ),
    });
  }
  // All of it is read before the first byte is sent, so that a failing store is a 503 and not half a zip.
  const bodies = await Promise.all(paste.files.map(readFileBody));
  const names = uniqueNames(paste.files.map(nameOf));
  const entries = bodies.map((input, index) => ({
    name: names[index] ?? String(index + 1),
    input: input as Uint8Array<ArrayBuffer>,
    lastModified: paste.updatedAt,
  }));
  return new Response(downloadZip(entries).body, {
    headers: {
      ...headers,
      'Content-Type': 'application/zip',
      'Content-Disposition': contentDisposition(`${paste.slug}.zip`),
    },
  });
}

async function readBytesOf(c: ApiContext) {
  const slug = c.req.param('slug') ?? '';
  const { paste } = await readPaste(slug, { viewer: viewerOf(c), surface: 'bytes' });
  return paste;
}

function nameOf(file: FileRecord, index: number): string {
  return file.name || `file-${index + 1}.${fileExtension(file.language)}`;
}

function rawHeaders(visibility: string): Record<string, string> {
  return {
    'Content-Security-Policy': RAW_POLICY,
    ...(visibility === 'public' ? {} : { 'X-Robots-Tag': 'noindex' }),
  };
}
