import { isUtf8 } from 'node:buffer';
import { expiryOf } from '@/lib/core/lifetime';
import { EncryptionError } from '@/lib/encryption/errors';
import { formatFragment } from '@/lib/encryption/fragment';
import { MAX_CONTENT_BYTES, MAX_NAME_LENGTH, MAX_TITLE_LENGTH } from '@/lib/encryption/limits';
import { isFileName } from '@/lib/encryption/manifest';
import { type SealedPaste, sealPaste } from '@/lib/encryption/seal';
import { keepEditKey } from './edit-keys';
import { Failure } from './failure';
import { type Connection, fetchJson, type Outgoing } from './http';
import { type LocalFile, readLocalFiles } from './local-files';
import type { CreateCommand } from './options';
import { note, print, printJson } from './output';
import { askNewPassword, readPassword } from './passwords';
import { type CreatedPaste, parseCreated } from './paste';
import { printable } from './printable';

const PATH = '/api/v1/pastes';
const MAX_ANSWER_BYTES = 512 * 1024;
const SECRET_LIFETIME = '1w';

/** Creates a paste and prints its link. @throws Failure */
export async function create(command: CreateCommand, connection: Connection): Promise<void> {
  const files = await readFiles(command);
  const sealed = command.secret ? await seal(command, files) : null;
  const outgoing = sealed ? toForm(command, sealed) : toJson(command, files);
  const request = { method: 'POST', path: PATH, maxBytes: MAX_ANSWER_BYTES, ...outgoing };
  const { host } = connection;
  const created = parseCreated(await fetchJson(connection, request), host);
  const { slug, editKey, expiresAt } = created;
  const url = linkTo(created, { host, sealed });
  if (editKey !== undefined) await keep({ host, slug }, editKey);
  if (!command.json) return print(`${url}\n`);
  await printJson({ url, slug, expires_at: expiresAt, burn_after: command.burn, edit_key: editKey });
}

async function readFiles({ files: paths, name, title }: CreateCommand): Promise<LocalFile[]> {
  if (paths.includes('-') && process.stdin.isTTY) note('Type the text, then press Ctrl-D.');
  const files = await readLocalFiles(paths, { maxBytes: MAX_CONTENT_BYTES });
  const [first] = files;
  if (first && name !== undefined) first.name = name.trim();
  if (files.every(({ content }) => content.length === 0))
    throw new Failure('usage', 'There is nothing in it.');
  const wrong = files.find((file) => !isFileName(file.name));
  if (wrong) {
    const rule = `has control characters, a path, or more than ${MAX_NAME_LENGTH} characters`;
    throw new Failure('usage', `The file name ${printable(wrong.name)} ${rule}.`);
  }
  if (title.length > MAX_TITLE_LENGTH || /\p{Cc}/u.test(title)) {
    throw new Failure('usage', `The title is one line of at most ${MAX_TITLE_LENGTH} characters.`);
  }
  return files;
}

function toJson(command: CreateCommand, files: readonly LocalFile[]): Pick<Outgoing, 'headers' | 'body'> {
  const { language, visibility, expires, slug } = command;
  const paste = {
    ...(command.title === '' ? {} : { title: command.title }),
    files: files.map(({ name, content }) => ({ name, language, content: decode(content, name) })),
    visibility,
    expires_in: expires,
    burn_after: command.burn,
    slug,
  };
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(paste) };
}

function decode(content: Uint8Array, name: string): string {
  if (isUtf8(content) && !content.includes(0)) return Buffer.from(content).toString();
  const named = name === '' ? 'The input' : printable(name);
  throw new Failure('usage', `${named} is not text in UTF-8; a paste with --secret can have any bytes.`);
}

async function seal(command: CreateCommand, files: readonly LocalFile[]): Promise<SealedPaste> {
  const { title, language = null, burn, passwordFile } = command;
  const expiresAt = expiryOf(command.expires ?? SECRET_LIFETIME, new Date()) ?? null;
  let password = '';
  if (command.askPassword) password = await askNewPassword();
  else if (passwordFile !== undefined) password = await readPassword(passwordFile);
  const content = { title: title.trim(), files: files.map((file) => ({ ...file, language })) };
  try {
    return await sealPaste(content, { intention: { expiresAt, burnAfter: burn }, password });
  } catch (error) {
    if (error instanceof EncryptionError) throw new Failure('usage', 'This is more than a paste can have.');
    throw error;
  }
}

function toForm(command: CreateCommand, { payload, lock, proofHash }: SealedPaste): Pick<Outgoing, 'body'> {
  const { visibility, expires = SECRET_LIFETIME, burn, slug } = command;
  const form = new FormData();
  form.set('encryption', 'age-v1');
  form.set('payload', new Blob([payload]));
  if (lock) form.set('lock', new Blob([lock]));
  form.set('proof_hash', proofHash);
  form.set('expires_in', expires);
  if (burn !== null) form.set('burn_after', String(burn));
  if (visibility !== undefined) form.set('visibility', visibility);
  if (slug !== undefined) form.set('slug', slug);
  return { body: form };
}

/** The key is only put into a link to the host that was named, whatever its answer says. */
function linkTo(
  { slug, url }: CreatedPaste,
  { host, sealed }: { host: string; sealed: SealedPaste | null },
): string {
  return sealed ? `${host}/${slug}${formatFragment({ key: sealed.linkKey, place: '' })}` : url;
}

async function keep(place: { host: string; slug: string }, editKey: string): Promise<void> {
  try {
    await keepEditKey(place, editKey);
  } catch (error) {
    note(
      `${error instanceof Failure ? error.message : 'The edit key was not kept.'} The edit key is ${editKey}`,
    );
  }
}
