import { maskCredentials } from '@/lib/text/credentials/mask-credentials';
import { type CredentialReport, reportCredentials } from '@/lib/text/credentials/report-credentials';
import type { Draft, FileDraft } from './draft';
import type { SaveChoice } from './save-choice';

/**
 * What the author is asked about before the draft is saved; null if there is nothing to ask. A paste that burns is
 * how a password is handed on, and not asked about.
 * @param published texts that others can read already
 */
export async function reportDraft(
  { files, visibility, burnAfter }: Pick<Draft, 'files' | 'visibility' | 'burnAfter'>,
  published: readonly string[],
): Promise<CredentialReport | null> {
  if (burnAfter !== '') return null;
  const texts = files.map(({ text }) => text);
  return reportCredentials(texts, { visibility, published });
}

/** The draft as its author chose to save it. */
export async function applyChoice(
  draft: Draft,
  choice: SaveChoice | null,
  published: readonly string[] = [],
): Promise<Draft> {
  if (choice === 'private') return { ...draft, visibility: 'private' };
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
