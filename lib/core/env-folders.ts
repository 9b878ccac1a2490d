import { randomBytes } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const REASONS: Record<string, string> = {
  EEXIST: 'is a file',
  ENOTDIR: 'is inside a path that is a file',
  EACCES: 'is not writable by this user',
  EPERM: 'is not writable by this user',
  EROFS: 'is on a read-only file system',
  ENOENT: 'cannot be created',
  ENOSPC: 'is on a full disk',
};

/** The folders among these variables that the configuration uses. */
export function usedFolders(variables: {
  BLOB_DIR?: string | undefined;
  BLOB_READ_WRITE_TOKEN?: string | undefined;
  S3_BUCKET?: string | undefined;
  MAIL_DIR?: string | undefined;
  RESEND_API_KEY?: string | undefined;
  SMTP_URL?: string | undefined;
}): Record<string, string> {
  const { BLOB_DIR, BLOB_READ_WRITE_TOKEN, S3_BUCKET, MAIL_DIR, RESEND_API_KEY, SMTP_URL } = variables;
  const areBodiesLocal = BLOB_READ_WRITE_TOKEN === undefined && S3_BUCKET === undefined;
  const isMailLocal = RESEND_API_KEY === undefined && SMTP_URL === undefined;
  return {
    ...(BLOB_DIR !== undefined && areBodiesLocal ? { BLOB_DIR } : {}),
    ...(MAIL_DIR !== undefined && isMailLocal ? { MAIL_DIR } : {}),
  };
}

/**
 * Makes the folders that are missing and writes a file to each. Returns one sentence for every variable
 * whose folder does not take it.
 */
export async function findFolderFaults(folders: Record<string, string>): Promise<string[]> {
  const faults = await Promise.all(
    Object.entries(folders).map(async ([name, folder]) => {
      const reason = await findReason(resolve(folder));
      return reason === null
        ? []
        : [`${name} must be a folder that Sheaf can write to, but ${JSON.stringify(folder)} ${reason}.`];
    }),
  );
  return faults.flat();
}

/** Null where the folder can be written to. */
async function findReason(folder: string): Promise<string | null> {
  const probe = join(folder, `.probe-${randomBytes(6).toString('hex')}`);
  try {
    await makeFolder(folder);
    await writeFile(probe, '', { flag: 'wx', mode: 0o600 });
    await rm(probe);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return REASONS[code] ?? `cannot be used (${code})`;
  }
}

/** Node's own `recursive` never ends if the parent exists and accepts no folder, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || (await exists(dirname(folder)))) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder, { mode: 0o700 });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
