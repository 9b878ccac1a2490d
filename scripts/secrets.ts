import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.object({ AUTH_SECRET: z.string().min(32), CRON_SECRET: z.string().min(16) });

export type Secrets = z.infer<typeof secretsSchema>;

/** The secrets in `folder`, created by the first call. Throws if the file is damaged. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const text = await readSecretsFile(folder);
  if (text === null) return createSecrets(folder);
  return parseSecrets(text, secretsFile(folder));
}

export function secretsFile(folder: string): string {
  return join(folder, 'secrets.json');
}

/** The text of the file; null if there is none. */
export async function readSecretsFile(folder: string): Promise<string | null> {
  return readFile(secretsFile(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Throws if the text is not that of a file of secrets. */
export function parseSecrets(text: string, file: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} is damaged: restore it, or delete it and lose every session.`, { cause: error });
  }
}

async function createSecrets(folder: string): Promise<Secrets> {
  const secrets = {
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    CRON_SECRET: randomBytes(32).toString('base64url'),
  };
  await (await draftSecrets(folder, secrets)).keep();
  return secrets;
}

/** Writes secrets beside the file; `keep` then replaces the file. */
export async function draftSecrets(
  folder: string,
  secrets: Secrets,
): Promise<{ file: string; keep(): Promise<void>; discard(): Promise<void> }> {
  const file = secretsFile(folder);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return { file: draft, keep: () => rename(draft, file), discard: () => rm(draft, { force: true }) };
}
