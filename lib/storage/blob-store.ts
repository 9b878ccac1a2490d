import 'server-only';
import { type Env, env } from '../core/env';
import { perProcess } from '../core/per-process';
import { createFilesystemStore } from './filesystem';
import { createS3Store } from './s3';
import type { BlobStore } from './store';
import { tracedStore } from './traced-store';
import { createVercelBlobStore } from './vercel-blob';

const store = perProcess('blob-store', () => tracedStore(openStore(env())));

/** The store of bodies: Vercel Blob or S3 where one is configured, else the folder `BLOB_DIR`. */
export function blobStore(): BlobStore {
  return store.get();
}

/** The store that the configuration names. */
export function openStore(variables: Env): BlobStore {
  const { BLOB_READ_WRITE_TOKEN: token, BLOB_READ_URL: readUrl, BLOB_DIR: folder } = variables;
  if (token !== undefined) return createVercelBlobStore({ token, readUrl });
  const { S3_BUCKET: bucket, S3_REGION: region, S3_ENDPOINT: endpoint, S3_PREFIX: prefix } = variables;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  if (!bucket || !region || !accessKeyId || !secretAccessKey) return createFilesystemStore(folder);
  return createS3Store({ bucket, endpoint, region, accessKeyId, secretAccessKey, prefix });
}
