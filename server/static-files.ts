import type { IncomingMessage, ServerResponse } from 'node:http';
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
 * @returns whether it answers this request; if not, nothing of it has changed
 */
export function createStaticFiles(): (request: IncomingMessage, response: ServerResponse) => boolean {
  const folders = Object.entries(FOLDERS).map(([path, folder]) => ({ path, serve: serveFolder(folder) }));
  return (request, response) => {
    const { method, url = '/' } = request;
    const found = folders.find(({ path }) => url.startsWith(path));
    if (!found || (method !== 'GET' && method !== 'HEAD')) return false;
    let isServed = true;
    request.url = url.slice(found.path.length - 1);
    found.serve(request, response, () => {
      isServed = false;
    });
    request.url = url;
    return isServed;
  };
}

function serveFolder(folder: string): RequestHandler {
  return sirv(fileURLToPath(new URL(folder, ROOT)), {
    brotli: true,
    gzip: true,
    etag: true,
    immutable: true,
    maxAge: YEAR,
  });
}
