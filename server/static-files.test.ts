import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createStaticFiles } from './static-files';

let stop = async () => {};
afterEach(() => stop());

/** Serves a build that has these files among its assets. */
async function serve(names: readonly string[]): Promise<{ url: string; assets: string }> {
  const root = await mkdtemp(join(tmpdir(), 'sheaf-static-'));
  const assets = join(root, 'dist/assets');
  await mkdir(assets, { recursive: true });
  await mkdir(join(root, '.next/static'), { recursive: true });
  for (const name of names) await writeFile(join(assets, name), `// ${name}`);
  const serveFile = createStaticFiles(pathToFileURL(`${root}/`));
  const server = createServer((request, response) => {
    if (!serveFile(request, response)) response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(root, { recursive: true });
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/assets`, assets };
}

describe('static files', () => {
  it('are answered with their type and kept for a year', async () => {
    const { url } = await serve(['a.js']);
    const response = await fetch(`${url}/a.js`);
    expect(await response.text()).toBe('// a.js');
    expect(response.headers.get('content-type')).toBe('text/javascript');
    expect(response.headers.get('cache-control')).toBe('public,max-age=31536000,immutable');
    expect((await fetch(`${url}/b.js`)).status).toBe(404);
  });

  it('do not end the process when one is removed while it runs, as a build in its place does', async () => {
    const { url, assets } = await serve(['a.js', 'b.js']);
    await rm(join(assets, 'a.js'));
    await expect(fetch(`${url}/a.js`)).rejects.toThrow('fetch failed');
    expect(await (await fetch(`${url}/b.js`)).text()).toBe('// b.js');
  });
});
