import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../server/postgres/free-port';
import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { Api } from './support/api';
import { makeFolder, startFront } from './support/mounts';

const DEPLOY = fileURLToPath(new URL('../deploy/', import.meta.url));
const LARGE = 'a line of text, дюжина букв\n'.repeat(100_000);

interface Ports {
  proxy: number;
  front: number;
}

/** The examples in `deploy/`, changed in nothing but ports, the name and the certificate. */
const PROXIES = {
  nginx: {
    isInstalled: () => spawnSync('nginx', ['-v']).status === 0,
    async start(folder: string, { proxy, front }: Ports): Promise<[string, string[]]> {
      const example = await readFile(join(DEPLOY, 'nginx.conf'), 'utf8');
      const site = example
        .replace(/server \{\n {2}listen 80;[\s\S]*$/, '')
        .replace(/^ {2}ssl_.*\n/gm, '')
        .replace('listen 443 ssl;', `listen 127.0.0.1:${proxy};`)
        .replace('server_name paste.example.org;', 'server_name localhost;')
        .replace('127.0.0.1:3000', `127.0.0.1:${front}`);
      const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `${name}_temp_path ${folder}/${name};`,
      );
      const file = join(folder, 'nginx.conf');
      const http = `access_log off; ${paths.join(' ')} ${site}`;
      await writeFile(file, `pid ${folder}/pid; daemon off; error_log stderr; events {} http { ${http} }`);
      return ['nginx', ['-c', file, '-p', folder]];
    },
  },
  caddy: {
    isInstalled: () => spawnSync('caddy', ['version']).status === 0,
    async start(folder: string, { proxy, front }: Ports): Promise<[string, string[]]> {
      const example = await readFile(join(DEPLOY, 'Caddyfile'), 'utf8');
      const site = example
        .replace('paste.example.org {', `http://localhost:${proxy} {`)
        .replace('127.0.0.1:3000', `127.0.0.1:${front}`);
      const file = join(folder, 'Caddyfile');
      await writeFile(file, `{\n\tadmin off\n\tstorage file_system ${folder}\n}\n${site}`);
      return ['caddy', ['run', '--config', file]];
    },
  },
};

for (const [name, { isInstalled, start }] of Object.entries(PROXIES)) {
  test(`behind ${name}, as in deploy/`, async ({ page, cleanup }) => {
    test.skip(!isInstalled(), `${name} is not installed.`);
    const proxyPort = await findFreePort();
    const origin = `http://localhost:${proxyPort}`;
    const front = await startFront({
      dataFolder: await makeFolder(cleanup),
      env: { APP_URL: origin, TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_SCALE: '1' },
    });
    cleanup.add(() => front.stop());
    const folder = await makeFolder(cleanup);
    const ports = { proxy: proxyPort, front: Number(new URL(front.url).port) };
    const [command, args] = await start(folder, ports);
    const proxy = spawn(command, args, { stdio: 'ignore' });
    const hasEnded = once(proxy, 'exit');
    cleanup.add(() => {
      proxy.kill();
      return hasEnded;
    });
    const api = new Api(origin);
    await expect
      .poll(() =>
        api.get('/api/ready').then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);

    const created = await api.post('/api/v1/pastes', { content: LARGE });
    expect(created.status).toBe(201);
    const { slug, url } = JSON.parse(created.text) as { slug: string; url: string };
    expect(url).toBe(`${origin}/${slug}`);
    expect((await api.get(`/${slug}/raw`)).text).toBe(LARGE);

    // An address that a client claims to have does not give it a limit of its own.
    const remaining: number[] = [];
    for (const claimed of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) {
      const answer = await fetch(`${origin}/api/v1/pastes`, { headers: { 'X-Forwarded-For': claimed } });
      remaining.push(Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]));
    }
    const [first = 0] = remaining;
    expect(remaining).toEqual([first, first - 1, first - 2]);

    const composer = new ComposerPage(page);
    await composer.openEditor(`${origin}/`);
    await composer.text.fill('through a proxy');
    await page.getByRole('button', { name: /^Create link/ }).click();
    await page.waitForURL(/saved/, { timeout: 15_000 });
    await expect(page.getByText('through a proxy')).toBeVisible();
  });
}
