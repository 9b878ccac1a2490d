import 'server-only';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SERVED_BY_LINE } from '@/cli/served-by';
import { isHeldBy } from '@/lib/api/conditional';
import { env } from '@/lib/core/env';
import { commonHeaders, DATA_POLICY } from '@/lib/core/http/security-headers';

const MAX_AGE_SECONDS = 300;

interface Client {
  text: string;
  etag: string;
}

let client: Promise<Client> | undefined;

/** The terminal client as one file, which knows the address of this instance. */
export async function respondWithClient(request: Request): Promise<Response> {
  client ??= readClient().catch((error: unknown) => {
    client = undefined;
    throw error;
  });
  const { text, etag } = await client;
  const headers = {
    ...commonHeaders(),
    'Content-Security-Policy': DATA_POLICY,
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': `public, max-age=${MAX_AGE_SECONDS}, must-revalidate`,
    ETag: etag,
  };
  const isHeld = isHeldBy(request.headers.get('if-none-match') ?? undefined, etag);
  return new Response(isHeld ? null : text, { status: isHeld ? 304 : 200, headers });
}

async function readClient(): Promise<Client> {
  const built = await readFile(join(process.cwd(), 'dist/sheaf.mjs'), 'utf8');
  const text = built.replace(
    SERVED_BY_LINE,
    () => `const SHEAF_SERVED_BY = ${JSON.stringify(env().APP_URL)};`,
  );
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  return { text, etag };
}
