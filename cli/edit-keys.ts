import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Link } from './link';
import { makeFolder, writeLocalFile } from './local-files';
import { stateFolder } from './settings';

type Place = Pick<Link, 'host' | 'slug'>;

/** Keeps the edit key of a paste for this user. @throws Failure usage */
export async function keepEditKey(place: Place, key: string): Promise<void> {
  const path = pathOf(place);
  await makeFolder(dirname(path), 0o700);
  await writeLocalFile(path, { content: Buffer.from(`${key}\n`), force: true, isSecret: true });
}

export async function findEditKey(place: Place): Promise<string | undefined> {
  const text = await readFile(pathOf(place), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

export async function forgetEditKey(place: Place): Promise<void> {
  await rm(pathOf(place), { force: true }).catch(() => {});
}

/** A file for each, so that two clients at the same time lose none. */
function pathOf({ host, slug }: Place): string {
  return join(stateFolder(), 'edit-keys', encodeURIComponent(host), slug);
}
