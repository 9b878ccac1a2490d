import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { afterEach, expect, it, vi } from 'vitest';
import { takeShared } from './shared-files';

const SITE = 'https://paste.example';
const CHUNK = `${SITE}/_next/static/chunks/`;

/** The part of the Cache API that is used, in memory. */
function fakeCaches() {
  const all = new Map<string, Map<string, Response>>();
  const urlOf = (key: string | Request) => new URL(typeof key === 'string' ? key : key.url, SITE).href;
  const open = async (name: string) => {
    const entries = all.get(name) ?? new Map<string, Response>();
    all.set(name, entries);
    return {
      keys: async () => [...entries.keys()].map((url) => ({ url })),
      match: async (key: string) => entries.get(urlOf(key))?.clone(),
      put: async (key: string, response: Response) => void entries.set(urlOf(key), response),
      add: async (key: Request) => void entries.set(urlOf(key), new Response('')),
      delete: async (key: string) => entries.delete(urlOf(key)),
    };
  };
  return { all, open, keys: async () => [...all.keys()], delete: async (name: string) => all.delete(name) };
}

class WorkerResponse extends Response {
  static override redirect(url: string, status = 302): Response {
    return new Response(null, { status, headers: { Location: url } });
  }
}

/** public/sw.js, with a site that shows the composer of one build. */
function startWorker() {
  const listeners = new Map<string, (event: object) => void>();
  const caches = fakeCaches();
  const site = { chunks: ['main.js'], rendered: 0 };
  const fetch = async () => {
    site.rendered += 1;
    return new Response(
      `<main class="composer-page">${site.chunks.map((name) => `/_next/static/chunks/${name}`)}`,
    );
  };
  const self = {
    location: new URL(SITE),
    clients: { claim: async () => {} },
    addEventListener: (kind: string, listener: (event: object) => void) => listeners.set(kind, listener),
  };
  const Request = class extends globalThis.Request {};
  const context = createContext({
    self,
    caches,
    fetch,
    URL,
    Headers,
    Blob,
    Request,
    Date: { now: () => Date.now() },
    Response: WorkerResponse,
  });
  runInContext(readFileSync('public/sw.js', 'utf8'), context);

  async function dispatch(kind: string, event: object = {}): Promise<Response | undefined> {
    const work: Promise<unknown>[] = [];
    let answer: Promise<Response> | undefined;
    listeners.get(kind)?.({
      ...event,
      waitUntil: (promise: Promise<unknown>) => work.push(promise),
      respondWith: (promise: Promise<Response>) => {
        answer = promise;
      },
    });
    await Promise.all(work);
    return answer;
  }
  return {
    caches,
    site,
    dispatch,
    tell: (isFirst: boolean, names: string[]) =>
      dispatch('message', {
        data: { kind: 'loaded', isFirst, language: 'en', assets: names.map((name) => CHUNK + name) },
      }),
    share: (form: FormData) =>
      dispatch('fetch', {
        request: { url: `${SITE}/api/shared`, method: 'POST', mode: 'navigate', formData: async () => form },
      }),
    kept: () => [...(caches.all.get('composer-1')?.keys() ?? [])].map((url) => url.replace(CHUNK, '')).sort(),
  };
}

function shared(text: string, file?: File): FormData {
  const form = new FormData();
  form.set('text', text);
  if (file) form.set('files', file);
  return form;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('files of the build stay until there is another build, and one page is rendered for it', async () => {
  const { tell, kept, site } = startWorker();
  await tell(true, ['main.js', 'editor.js']);
  await tell(false, ['main.js', 'editor.js', 'markdown.js']);
  await tell(true, ['main.js']);
  await tell(true, ['main.js', 'secret.js']);
  expect(kept()).toEqual([`${SITE}/`, 'editor.js', 'main.js', 'markdown.js', 'secret.js'].sort());
  expect(site.rendered).toBe(2);
  site.chunks = ['next.js'];
  await Promise.all([tell(true, ['next.js', 'editor.js']), tell(false, ['next.js', 'other.js'])]);
  expect(kept()).toEqual([`${SITE}/`, 'editor.js', 'next.js', 'other.js'].sort());
  expect(site.rendered).toBe(3);
});

it('what is shared is read once', async () => {
  const { share, caches } = startWorker();
  vi.stubGlobal('caches', caches);
  expect((await share(shared('a', new File(['b'], 'b.txt'))))?.headers.get('location')).toBe('/?shared');
  const taken = await takeShared();
  expect(await Promise.all(taken?.files.map((file) => file.text()) ?? [])).toEqual(['a', 'b']);
  expect(await takeShared()).toBeNull();
});

it('what is shared and too large is not kept', async () => {
  const { share, caches } = startWorker();
  const large = new File([new Uint8Array(14 * 1024 * 1024)], 'a.txt');
  const form = shared('a', large);
  form.append('files', large);
  expect((await share(form))?.headers.get('location')).toBe('/?shared=lost');
  expect(caches.all.get('shared-1')?.size ?? 0).toBe(0);
});

it('what is shared ends after ten minutes, and when its reader signs out', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { share, caches, dispatch } = startWorker();
  vi.stubGlobal('caches', caches);
  const isKept = () => (caches.all.get('shared-1')?.size ?? 0) > 0;
  await share(shared('a'));
  vi.setSystemTime(Date.now() + 9 * 60_000);
  await dispatch('activate');
  expect(isKept()).toBe(true);
  vi.setSystemTime(Date.now() + 2 * 60_000);
  expect(await takeShared()).toBeNull();
  expect(isKept()).toBe(false);

  await share(shared('a'));
  vi.setSystemTime(Date.now() + 11 * 60_000);
  await dispatch('activate');
  expect(isKept()).toBe(false);

  await share(shared('a'));
  await dispatch('fetch', { request: { url: `${SITE}/logout`, method: 'POST', mode: 'navigate' } });
  expect(isKept()).toBe(false);
});

it('what cannot be read does not stay', async () => {
  const { caches } = startWorker();
  vi.stubGlobal('caches', caches);
  const cache = await caches.open('shared-1');
  const headers = { 'X-Shared-At': String(Date.now()), 'Content-Type': 'text/plain' };
  await cache.put('/api/shared/last', new Response('no form', { headers }));
  await expect(takeShared()).rejects.toThrow();
  expect(caches.all.get('shared-1')?.size).toBe(0);
});
