import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SecretContent } from '@/lib/encryption/archive';
import { MAX_PAYLOAD_BYTES } from '@/lib/encryption/limits';
import { proofHashOf } from '@/lib/encryption/proof';
import { type SealedPaste, sealPaste, sealRevision } from '@/lib/encryption/seal';
import type { ClosedPaste } from './open-messages';
import { createOpener } from './opener';

const CONTENT: SecretContent = {
  title: 'Plans',
  files: [{ name: 'a.txt', language: null, content: new TextEncoder().encode('secret\r\n') }],
};
const NEVER = { expiresAt: null, burnAfter: null };
const PATHS = { raw: '/abc/raw', lock: null, reveal: null };
const MiB = 1024 * 1024;

interface Asked {
  path: string;
  method: string;
  body: string;
}

/** Answers each path with bytes or a status; what is missing is a network failure. */
function serve(answers: Record<string, Uint8Array<ArrayBuffer> | number>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push({ path, method: init?.method ?? 'GET', body: String(init?.body ?? '') });
    const answer = answers[path];
    if (answer === undefined) throw new TypeError('failed to fetch');
    if (typeof answer !== 'number') return new Response(answer);
    const code = path.endsWith('/reveal') ? 'proof_required' : 'reveal_required';
    return new Response(JSON.stringify({ code }), { status: answer });
  });
  return asked;
}

function closed(sealed: SealedPaste, given: Partial<ClosedPaste> = {}): ClosedPaste {
  return {
    key: sealed.linkKey,
    password: '',
    paths: PATHS,
    nonce: 'nonce-of-this-page',
    revision: 1,
    settings: NEVER,
    ...given,
  };
}

const open = (paste: ClosedPaste) => createOpener()({ kind: 'open', paste });

afterEach(() => vi.unstubAllGlobals());

describe('createOpener', () => {
  it('opens a paste, and packs its files', async () => {
    const sealed = await sealPaste(CONTENT, { intention: NEVER });
    const asked = serve({ '/abc/raw': sealed.payload });
    const answer = createOpener();
    const opened = await answer({ kind: 'open', paste: closed(sealed) });
    expect(opened).toMatchObject({ kind: 'opened', title: 'Plans', differences: [] });
    expect(JSON.stringify(asked)).not.toContain(sealed.linkKey);
    const packed = await answer({ kind: 'pack' });
    expect(packed.kind === 'packed' && new TextDecoder().decode(packed.archive)).toContain('secret\r\n');
  });

  it('opens a lock with one request, however often the password is wrong', async () => {
    const sealed = await sealPaste(CONTENT, { intention: NEVER, password: 'right one' });
    const asked = serve({ '/abc/raw': sealed.payload, '/abc/lock': sealed.lock ?? 404 });
    const paste = closed(sealed, { paths: { ...PATHS, lock: '/abc/lock' }, password: 'wrong one' });
    const answer = createOpener();
    for (let time = 0; time < 2; time += 1) {
      expect(await answer({ kind: 'open', paste })).toEqual({ kind: 'failed', fault: 'wrong_password' });
    }
    expect(asked.map(({ path }) => path)).toEqual(['/abc/lock']);
    const opened = await answer({ kind: 'open', paste: { ...paste, password: 'right one' } });
    expect(opened).toMatchObject({ kind: 'opened', title: 'Plans' });
    expect(asked.map(({ path }) => path)).toEqual(['/abc/lock', '/abc/raw']);
    expect(JSON.stringify(asked)).not.toContain('right one');
  });

  it('knows a wrong link by the lock, without a password', async () => {
    const sealed = await sealPaste(CONTENT, { intention: NEVER, password: 'right one' });
    const other = await sealPaste(CONTENT, { intention: NEVER });
    const asked = serve({ '/abc/lock': sealed.lock ?? 404 });
    const answer = createOpener();
    const check = (key: string) => answer({ kind: 'check', key, lock: '/abc/lock' });
    expect(await check(other.linkKey)).toEqual({ kind: 'failed', fault: 'wrong_key' });
    expect(await check(sealed.linkKey)).toEqual({ kind: 'checked' });
    expect(asked.map(({ path }) => path)).toEqual(['/abc/lock']);
  });

  it('reveals with the proof of the content key and the nonce of the page', async () => {
    const intention = { expiresAt: null, burnAfter: 1 };
    const sealed = await sealPaste(CONTENT, { intention });
    const asked = serve({ '/abc/reveal': sealed.payload });
    const paths = { ...PATHS, reveal: '/abc/reveal' };
    const opened = await open(closed(sealed, { paths, settings: intention }));
    expect(opened).toMatchObject({ kind: 'opened', differences: [] });
    const sent = new URLSearchParams(asked[0]?.body);
    expect(asked).toMatchObject([{ path: '/abc/reveal', method: 'POST' }]);
    expect(sent.get('nonce')).toBe('nonce-of-this-page');
    expect(proofHashOf(sent.get('proof') ?? '')).toBe(sealed.proofHash);
  });

  it.each([
    ['/abc/raw', 404, 'gone'],
    ['/abc/raw', 410, 'gone'],
    ['/abc/raw', 403, 'changed'],
    ['/abc/raw', 429, 'rate_limited'],
    ['/abc/raw', 503, 'unreachable'],
    ['/abc/elsewhere', 200, 'unreachable'],
    ['/abc/reveal', 403, 'proof_refused'],
    ['/abc/reveal', 404, 'gone'],
  ])('says what became of %s with %i: %s', async (path, status, fault) => {
    const sealed = await sealPaste(CONTENT, { intention: NEVER });
    serve({ [path]: status });
    const paths = { ...PATHS, reveal: path === '/abc/reveal' ? path : null };
    expect(await open(closed(sealed, { paths }))).toEqual({ kind: 'failed', fault });
  });

  it('says that an answer broke off', async () => {
    const sealed = await sealPaste(CONTENT, { intention: NEVER });
    const body = new ReadableStream({
      pull: (controller) => controller.error(new TypeError('connection lost')),
    });
    vi.stubGlobal('fetch', async () => new Response(body));
    expect(await open(closed(sealed))).toEqual({ kind: 'failed', fault: 'unreachable' });
  });

  it('does not read on what is too large', async () => {
    const sealed = await sealPaste(CONTENT, { intention: NEVER });
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += MiB;
        controller.enqueue(new Uint8Array(MiB));
      },
    });
    vi.stubGlobal('fetch', async () => new Response(body));
    expect(await open(closed(sealed))).toEqual({ kind: 'failed', fault: 'too_large' });
    expect(sent).toBeLessThan(MAX_PAYLOAD_BYTES + 3 * MiB);
  });

  it('takes a newer revision than the page has, but no older one', async () => {
    const sealed = await sealPaste(CONTENT, { intention: NEVER });
    const intention = { ...NEVER, revision: 3, previous: 'a'.repeat(64) };
    const third = await sealRevision(CONTENT, { intention, contentKey: sealed.contentKey });
    serve({ '/abc/raw': third });
    expect(await open(closed(sealed, { revision: 2 }))).toMatchObject({ kind: 'opened' });
    expect(await open(closed(sealed, { revision: 3 }))).toMatchObject({ kind: 'opened' });
    const other = { kind: 'failed', fault: 'other_revision' };
    expect(await open(closed(sealed, { revision: 4 }))).toEqual(other);
    expect(await open(closed(sealed, { revision: 2, settings: null }))).toEqual(other);
  });

  it('compares the settings of the server with what the author meant', async () => {
    const expiresAt = new Date('2030-01-01T00:00:00Z');
    const sealed = await sealPaste(CONTENT, { intention: { expiresAt, burnAfter: 1 } });
    serve({ '/abc/raw': sealed.payload });
    expect(await open(closed(sealed))).toMatchObject({ differences: ['expires_later', 'more_reads'] });
    expect(await open(closed(sealed, { settings: null }))).toMatchObject({ differences: [] });
  });

  it('does not open changed bytes', async () => {
    const sealed = await sealPaste(CONTENT, { intention: NEVER });
    const changed = sealed.payload.slice();
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    serve({ '/abc/raw': changed });
    expect(await open(closed(sealed))).toEqual({ kind: 'failed', fault: 'damaged' });
  });
});
