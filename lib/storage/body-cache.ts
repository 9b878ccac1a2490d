import 'server-only';
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { AppError } from '../core/errors';
import { logger } from '../core/logger';
import { perProcess } from '../core/per-process';
import { blobStore } from './blob-store';

/** The most memory one process spends on cached bodies, in bytes. */
export const BODY_CACHE_BYTES = 32 * 1024 * 1024;

// What an entry costs besides its body; also keeps empty bodies from counting as nothing.
const ENTRY_OVERHEAD_BYTES = 512;

export interface BodyReference {
  key: string;
  /** The length recorded when the body was stored. */
  bytes: number;
  /** The SHA-256 recorded when the body was stored, in lower-case hex. */
  sha256: string;
}

interface LoadedBody {
  body: Uint8Array;
  sha256: string;
}

interface BodyCache {
  verified: LRUCache<string, LoadedBody>;
  loading: Map<string, Promise<LoadedBody | null>>;
  forgets: number;
}

const bodyCache = perProcess<BodyCache>('body-cache', () => ({
  verified: new LRUCache({
    maxSize: BODY_CACHE_BYTES,
    sizeCalculation: ({ body }) => body.byteLength + ENTRY_OVERHEAD_BYTES,
  }),
  loading: new Map(),
  forgets: 0,
}));

/**
 * The body, whole and verified, from memory or from the store. Shared between callers: not to be written
 * to. Does not check access. Throws `AppError('storage_unavailable')` when the store does not
 * answer, or when the body is absent or damaged.
 */
export async function readBody(reference: BodyReference): Promise<Uint8Array> {
  const cache = bodyCache.get();
  const { key } = reference;
  const cached = cache.verified.get(key);
  if (cached && isIntact(cached, reference)) return cached.body;

  const forgetsBefore = cache.forgets;
  const loaded = await (cache.loading.get(key) ?? startLoading(cache, key));
  if (!loaded || !isIntact(loaded, reference)) throw damagedBody(reference, loaded);
  // A body that was forgotten while it loaded must not be cached.
  if (cache.forgets === forgetsBefore) cache.verified.set(key, loaded);
  return loaded.body;
}

/** Drops deleted bodies from this process's memory. */
export function forgetBodies(keys: readonly string[]): void {
  const cache = bodyCache.get();
  cache.forgets += 1;
  for (const key of keys) cache.verified.delete(key);
}

function startLoading(cache: BodyCache, key: string): Promise<LoadedBody | null> {
  const loading = load(key).finally(() => cache.loading.delete(key));
  cache.loading.set(key, loading);
  return loading;
}

async function load(key: string): Promise<LoadedBody | null> {
  const body = await blobStore().get(key);
  return body && { body, sha256: createHash('sha256').update(body).digest('hex') };
}

function isIntact({ body, sha256 }: LoadedBody, recorded: BodyReference): boolean {
  return body.byteLength === recorded.bytes && sha256 === recorded.sha256;
}

function damagedBody({ key, bytes }: BodyReference, loaded: LoadedBody | null): AppError {
  const found = loaded ? loaded.body.byteLength : null;
  logger().error({ key, bytes, found }, 'a stored body is absent or damaged');
  return new AppError('storage_unavailable', { detail: 'The stored text is missing or damaged.' });
}
