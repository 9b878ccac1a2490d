import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** What is imported when it is used, which is not loaded at the start. */
const leaveOutLater: Plugin = {
  name: 'leave-out-later',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

/** The files that are loaded with a module. */
async function listLoaded(module: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [module],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    external: ['next', 'next/*', '@node-rs/*'],
    alias: { 'server-only': './lib/core/server-only.ts' },
    plugins: [leaveOutLater],
    logLevel: 'error',
  });
  return Object.keys(metafile.inputs);
}

/** What a new process loads before its first answer decides how long that takes, above all on a serverless host. */
describe('what is loaded at the start', () => {
  it('of every process has neither zod nor the library of its log', async () => {
    for (const module of [
      'lib/core/startup.ts',
      'lib/core/tracing.ts',
      'components/request/track-requests.ts',
    ]) {
      const loaded = await listLoaded(module);
      expect(loaded).toContain('lib/core/env.ts');
      expect(loaded.filter((file) => /\/(?:zod|pino)\//.test(file))).toEqual([]);
    }
  });

  it('of the middleware has neither zod nor messages', async () => {
    const loaded = await listLoaded('proxy.ts');
    expect(loaded).toContain('lib/core/env.ts');
    expect(loaded.filter((file) => /\/zod\/|\/messages\//.test(file))).toEqual([]);
  });

  it('of probes and raw text has neither the client of the database nor messages, sessions or other routes', async () => {
    const loaded = await listLoaded('lib/api/mount.ts');
    expect(loaded).toContain('lib/api/routes/raw.ts');
    const later =
      /\/generated\/prisma\/(?:client|internal)|@prisma|\/messages\/|intl-messageformat|\/jose\/|zod-to-openapi|openapi-document|api\/app\.ts|accounts\/sessions|pastes\/(?:create|reveal|purge)\.ts/;
    expect(loaded.filter((file) => later.test(file))).toEqual([]);
  });

  it('of the API does not have the generator of its document', async () => {
    const loaded = await listLoaded('lib/api/app.ts');
    expect(loaded).toContain('lib/api/openapi.ts');
    expect(loaded.filter((file) => /zod-to-openapi|openapi-document/.test(file))).toEqual([]);
  });

  it('of the composer has neither the client of the database nor what saves a paste', async () => {
    const loaded = await listLoaded('app/page.tsx');
    expect(loaded).toContain('components/composer/composer.tsx');
    const later =
      /\/generated\/prisma\/(?:client|internal)|@prisma|\/jose\/|lib\/mail\/|pastes\/(?:create|update|purge)\.ts/;
    expect(loaded.filter((file) => later.test(file))).toEqual([]);
  });
});
