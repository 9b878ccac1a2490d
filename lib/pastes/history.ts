import 'server-only';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { AppError, invalidField } from '../core/errors';
import type { Grant } from './grants';
import type { StoredPaste } from './input-rules';
import { canSeeHistory, hasCredential } from './policy';
import { purgeRevision } from './purge';
import { findPaste, type PasteRecord } from './queries';
import { readFileText } from './read';
import { findRevision, listRevisions, type RevisionPage, type RevisionRecord } from './revision-queries';
import { updatePaste } from './update';
import { withGrant } from './with-grant';

/** The revisions of a paste, newest first. @throws AppError not_found */
export async function readHistory(
  slug: string,
  options: { caller: Caller; before?: number | undefined; limit: number },
): Promise<RevisionPage & { paste: PasteRecord }> {
  const paste = await findWithHistory(slug, options.caller);
  return { paste, ...(await listRevisions(paste.id, options)) };
}

/** One revision with its files. @throws AppError not_found */
export async function readRevision(
  slug: string,
  number: number,
  caller: Caller,
): Promise<{ paste: PasteRecord; revision: RevisionRecord; grant: Grant | null }> {
  const paste = await findWithHistory(slug, caller);
  const revision = await findRevision(paste.id, number);
  if (!revision) throw new AppError('not_found');
  return { paste, revision, grant: paste.grant };
}

/**
 * Creates a new revision with the files of an earlier one. The ciphertext of a secret paste names its revision, so that
 * only those who can decrypt it can restore it.
 * @throws AppError unauthorized, not_found, validation_failed for a secret paste
 */
export async function restoreRevision(slug: string, number: number, caller: Caller): Promise<StoredPaste> {
  if (!hasCredential(caller)) throw new AppError('unauthorized');
  const { paste, revision } = await readRevision(slug, number, caller);
  if (paste.isSecret) throw invalidField('files', 'secret_not_plain');
  const files = await Promise.all(
    revision.files.map(async (file) => ({
      name: file.name,
      language: file.language,
      content: await readFileText(file),
    })),
  );
  return updatePaste(slug, { files }, { caller });
}

/** Deletes one earlier revision and its bodies. @throws AppError unauthorized, not_found, conflict for the current one */
export async function deleteRevision(slug: string, number: number, caller: Caller): Promise<void> {
  if (!hasCredential(caller)) throw new AppError('unauthorized');
  const paste = await findWithHistory(slug, caller);
  if (number === paste.revision) {
    throw new AppError('conflict', {
      detail: 'The current revision cannot be deleted. Delete the paste, or restore another revision first.',
    });
  }
  if (!(await purgeRevision(paste.id, number, now()))) throw new AppError('not_found');
}

async function findWithHistory(slug: string, caller: Caller): Promise<PasteRecord & { grant: Grant | null }> {
  const at = now();
  const found = await findPaste(slug, at);
  if (!found) throw new AppError('not_found');
  const paste = await withGrant(found, caller);
  if (!canSeeHistory(caller, paste, at)) throw new AppError('not_found');
  return paste;
}
