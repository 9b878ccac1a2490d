import type { Sample } from './bench';
import type { LoadRequest } from './load';
import { SMALL_TEXT, textOf } from './samples';

const READERS = 32;
const WRITERS = 8;
const LARGE_TEXT = textOf(1_000_000);

/** A kind of request whose rate is measured. */
export interface Case {
  title: string;
  server: 'floor' | 'empty-app' | 'sheaf';
  connections: number;
  request(sample: Sample): LoadRequest;
  /** Names of the floors that it is compared with. */
  floors: readonly FloorName[];
}

export type FloorName = 'bare' | 'select' | 'insert' | 'durable' | 'durable-1mb' | 'empty-page';

function floor(title: string, request: LoadRequest): Case {
  const connections = request.method === 'POST' ? WRITERS : READERS;
  return { title, server: 'floor', connections, request: () => request, floors: [] };
}

function read(title: string, request: Case['request']): Case {
  return { title, server: 'sheaf', connections: READERS, request, floors: ['select'] };
}

function create(title: string, body: string, floors: readonly FloorName[]): Case {
  const request = { path: '/api/v1/pastes?language=typescript', method: 'POST', body } as const;
  return { title, server: 'sheaf', connections: WRITERS, request: () => request, floors };
}

/** The least that a server can do: by the paths of bench/floor-server.ts, and of the app of bench/empty-app.ts. */
export const FLOORS: Readonly<Record<FloorName, Case>> = {
  bare: floor('node:http', { path: '/bare' }),
  select: floor('node:http + select', { path: '/select' }),
  insert: floor('node:http + insert', { path: '/insert', method: 'POST', body: SMALL_TEXT }),
  durable: floor('node:http + insert + file', { path: '/durable', method: 'POST', body: SMALL_TEXT }),
  'durable-1mb': floor('node:http + insert + file, 1 MB', {
    path: '/durable',
    method: 'POST',
    body: LARGE_TEXT,
  }),
  'empty-page': { ...floor('empty page of Next', { path: '/' }), server: 'empty-app' },
};

/** What is measured of Sheaf, by the name that chooses it. */
export const CASES: Readonly<Record<string, Case>> = {
  raw: read('raw text', ({ slug }) => ({ path: `/${slug}/raw` })),
  page: read('reading page', ({ slug }) => ({ path: `/${slug}` })),
  'page-member': read('reading page, signed in', ({ slug, member: Cookie }) => ({
    path: `/${slug}`,
    headers: { Cookie },
  })),
  'page-owner': {
    ...read('reading page, its owner', ({ slug, owner: Cookie }) => ({
      path: `/${slug}`,
      headers: { Cookie },
    })),
    floors: ['empty-page'],
  },
  create: create('create, 2 KB', SMALL_TEXT, ['durable', 'insert']),
  'create-1mb': create('create, 1 MB', LARGE_TEXT, ['durable-1mb']),
  metadata: read('metadata', ({ slug }) => ({ path: `/api/v1/pastes/${slug}` })),
  feed: read('feed', () => ({ path: '/api/v1/pastes' })),
  search: read('search', () => ({ path: '/api/v1/pastes?q=plan+7' })),
};
