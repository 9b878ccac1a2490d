import 'server-only';
import { env } from '../core/env';
import { perProcess } from '../core/per-process';
import { createFilesystemStore } from './filesystem';
import type { BlobStore } from './store';
import { createVercelBlobStore } from './vercel-blob';

const store = perProcess('blob-store', chooseStore);

/** The store of bodies: Vercel Blob where a token is configured, else the folder `BLOB_DIR`. */
export function blobStore(): BlobStore {
  return store.get();
}

function chooseStore(): BlobStore {
  const { BLOB_READ_WRITE_TOKEN: token, BLOB_READ_URL: readUrl, BLOB_DIR: folder } = env();
  return token === undefined ? createFilesystemStore(folder) : createVercelBlobStore({ token, readUrl });
}
