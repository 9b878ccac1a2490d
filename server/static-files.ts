import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import sirv, { type RequestHandler } from 'sirv';

const ROOT = new URL('../', import.meta.url);
const YEAR = 365 * 86_400;

/** Folders whose files have a hash of their content in their names, by the path they are served under. */
const FOLDERS: Readonly<Record<string, string>> = {
  '/_next/static/': '.next/static/',
  '/assets/': 'dist/assets/',
};

/**
 * Answers requests for built files, compressed at build time.
 * @param root of the checkout, with its build
 * @returns whether it answers this request; if not, nothing of it has changed
 */
export function createStaticFiles(
  root = ROOT,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const folders = Object.entries(FOLDERS).map(([path, folder]) => ({
    path,
    serve: serveFolder(new URL(folder, root)),
  }));
  return (request, response) => {
    const { method, url = '/' } = request;
    const found = folders.find(({ path }) => url.startsWith(path));
    if (!found || (method !== 'GET' && method !== 'HEAD')) return false;
    let isServed = true;
    const watch = (file: Readable) => file.once('error', (error) => response.destroy(error));
    response.once('pipe', watch);
    request.url = url.slice(found.path.length - 1);
    found.serve(request, response, () => {
      isServed = false;
    });
    request.url = url;
    if (!isServed) response.off('pipe', watch);
    return isServed;
  };
}

function serveFolder(folder: URL): RequestHandler {
  return sirv(fileURLToPath(folder), {
    brotli: true,
    gzip: true,
    etag: true,
    immutable: true,
    maxAge: YEAR,
  });
}
