import type { Sample } from './bench';
import { CASES } from './cases';
import type { LoadRequest } from './load';
import { SMALL_TEXT } from './samples';

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** A paste of a guest. */
interface GuestPaste {
  slug: string;
  key: string;
}

/**
 * Requests of readers and authors, in which nothing happens that does not end: as many pastes are deleted as are
 * created. Most reads are of pastes that are a few seconds old, so that caches replace what they have.
 * @param pastes guests' pastes to begin with, the oldest first; at least twice as many as there are connections
 */
export function steadyRequests(sample: Sample, pastes: GuestPaste[]): LoadRequest[] {
  const owner = { Cookie: sample.owner };
  const member = { Cookie: sample.member };
  const pages = ['/', '/explore', '/me', `/${sample.slug}/history`];
  let turn = 0;
  // Of the newer half: a request may be on its way while the oldest one is deleted.
  const choose = () => {
    const half = Math.floor(pastes.length / 2);
    const paste = pastes[half + Math.floor(Math.random() * (pastes.length - half))];
    if (paste === undefined) throw new Error('The steady load has no paste left.');
    return paste;
  };
  const read = (pathOf: (slug: string) => string, headers = {}): LoadRequest => ({
    headers,
    setupRequest: (request) => ({ ...request, path: pathOf(choose().slug) }),
  });
  const create: LoadRequest = {
    method: 'POST',
    path: '/api/v1/pastes',
    headers: JSON_TYPE,
    setupRequest: (request) => ({ ...request, body: newPaste() }),
    onResponse: (status, body) => {
      if (status === 201) pastes.push(readGuestPaste(body));
    },
  };
  const edit: LoadRequest = {
    method: 'PATCH',
    setupRequest: (request) => {
      const { slug, key } = choose();
      const headers = { ...request.headers, ...JSON_TYPE, 'X-Edit-Key': key };
      return { ...request, path: `/api/v1/pastes/${slug}`, headers, body: newText() };
    },
  };
  const remove: LoadRequest = {
    method: 'DELETE',
    setupRequest: (request) => {
      const { slug, key } = pastes.shift() ?? choose();
      const headers = { ...request.headers, 'X-Edit-Key': key };
      return { ...request, path: `/api/v1/pastes/${slug}`, headers };
    },
  };
  const byNext: LoadRequest = {
    headers: owner,
    setupRequest: (request) => {
      turn += 1;
      return { ...request, path: pages[turn % pages.length] ?? '/' };
    },
  };
  const ofCases = ['raw', 'page-owner', 'feed', 'search'].flatMap((name) => CASES[name] ?? []);
  return [
    create,
    read((slug) => `/${slug}`),
    read((slug) => `/${slug}/raw`),
    read((slug) => `/api/v1/pastes/${slug}`),
    read((slug) => `/${slug}`, member),
    edit,
    byNext,
    ...ofCases.map(({ request }) => request(sample)),
    read((slug) => `/${slug}/download`),
    read((slug) => `/${slug}`),
    remove,
  ];
}

/** Creates pastes of guests over the API, one after the other. */
export async function createGuestPastes(origin: string, count: number): Promise<GuestPaste[]> {
  const pastes: GuestPaste[] = [];
  while (pastes.length < count) {
    const request = { method: 'POST', headers: JSON_TYPE, body: newPaste() };
    const response = await fetch(`${origin}/api/v1/pastes`, request);
    if (response.status !== 201) throw new Error(`Creating a paste of a guest failed: ${response.status}`);
    pastes.push(readGuestPaste(await response.text()));
  }
  return pastes;
}

/** 2 KB that no other paste has. */
function newText(): string {
  return JSON.stringify({ content: `// ${crypto.randomUUID()}\n${SMALL_TEXT}` });
}

function newPaste(): string {
  return JSON.stringify({ ...JSON.parse(newText()), language: 'typescript', visibility: 'public' });
}

function readGuestPaste(answer: string): GuestPaste {
  const { slug, edit_key: key } = JSON.parse(answer) as { slug: string; edit_key: string };
  return { slug, key };
}
