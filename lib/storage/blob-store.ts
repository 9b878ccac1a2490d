import 'server-only';
import { env } from '@/lib/core/env';
import { createFilesystemStore } from './filesystem';
import type { BlobStore } from './store';
import { createVercelBlobStore } from './vercel-blob';

// On globalThis, because Next bundles this module more than once into one process.
const globals = globalThis as typeof globalThis & { sheafBlobStore?: BlobStore };

/** The store of bodies: Vercel Blob where a token is configured, else the folder `BLOB_DIR`. */
export function blobStore(): BlobStore {
  globals.sheafBlobStore ??= chooseStore();
  return globals.sheafBlobStore;
}

function chooseStore(): BlobStore {
  const { BLOB_READ_WRITE_TOKEN: token, BLOB_READ_URL: readUrl, BLOB_DIR: folder } = env();
  return token === undefined ? createFilesystemStore(folder) : createVercelBlobStore({ token, readUrl });
}
