import { findEditKey, forgetEditKey } from './edit-keys';
import { Failure } from './failure';
import { type Connection, fetchBytes } from './http';
import type { Link } from './link';
import { readLocalFile } from './local-files';
import type { DeleteCommand } from './options';
import { printJson } from './output';

const MAX_KEY_BYTES = 1024;
const MAX_ANSWER_BYTES = 1024;

/** Deletes a paste with its edit key, or as its owner. @throws Failure */
export async function deletePaste(command: DeleteCommand, link: Link, connection: Connection): Promise<void> {
  const key =
    command.editKeyFile === undefined ? await findEditKey(link) : await readEditKey(command.editKeyFile);
  if (key === undefined && connection.token === undefined) {
    throw new Failure('usage', 'No edit key of this paste is kept here, and there is no token for its host.');
  }
  await fetchBytes(connection, {
    method: 'DELETE',
    path: `/api/v1/pastes/${link.slug}`,
    headers: key === undefined ? {} : { 'X-Edit-Key': key },
    maxBytes: MAX_ANSWER_BYTES,
  });
  await forgetEditKey(link);
  if (command.json) await printJson({ slug: link.slug, deleted: true });
}

async function readEditKey(file: string): Promise<string> {
  const key = Buffer.from(await readLocalFile(file, { maxBytes: MAX_KEY_BYTES }))
    .toString()
    .trim();
  if (/^[!-~]+$/.test(key)) return key;
  throw new Failure('usage', `There is no edit key in ${file}.`);
}
