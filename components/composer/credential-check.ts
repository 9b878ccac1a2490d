import { isWider } from '@/lib/pastes/visibility';
import { maskCredentials } from '@/lib/text/credentials/mask-credentials';
import { type CredentialReport, reportCredentials } from '@/lib/text/credentials/report-credentials';
import type { Draft, FileDraft } from './draft';
import type { SaveChoice } from './save-choice';

/**
 * What the author is asked about before the draft is saved; null if there is nothing to ask. A paste that burns is
 * how a password is handed on, and not asked about; of a secret paste the server sees nothing.
 * @param published texts that others can read already
 */
export async function reportDraft(
  { files, visibility, burnAfter, isSecret }: Pick<Draft, 'files' | 'visibility' | 'burnAfter' | 'isSecret'>,
  published: readonly string[],
): Promise<CredentialReport | null> {
  if (burnAfter !== '' || isSecret) return null;
  const texts = files.map(({ text }) => text);
  return reportCredentials(texts, { visibility, published });
}

/**
 * As `reportDraft`, for an author who saves anyway: null also if all of it was in the draft that the question was
 * about, unless more people are to read it now.
 */
export async function reportAdded(
  draft: Parameters<typeof reportDraft>[0],
  { published, asked }: { published: readonly string[]; asked: Pick<Draft, 'files' | 'visibility'> },
): Promise<CredentialReport | null> {
  const accepted = isWider(draft.visibility, asked.visibility) ? [] : asked.files.map(({ text }) => text);
  const added = await reportDraft(draft, [...published, ...accepted]);
  return added && reportDraft(draft, published);
}

/** The draft as its author chose to save it. */
export async function applyChoice(
  draft: Draft,
  choice: SaveChoice | null,
  published: readonly string[] = [],
): Promise<Draft> {
  if (choice === 'private') return { ...draft, visibility: 'private' };
  if (choice === 'secret') return { ...draft, isSecret: true };
  return choice === 'mask' ? { ...draft, files: await maskFiles(draft.files, published) } : draft;
}

export async function maskFiles(
  files: readonly FileDraft[],
  published: readonly string[],
): Promise<FileDraft[]> {
  const texts = files.map(({ text }) => text);
  const masked = await maskCredentials(texts, published);
  return files.map((file, index) => ({ ...file, text: masked[index] ?? '' }));
}
