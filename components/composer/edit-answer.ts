import 'server-only';
import { getTranslations } from 'next-intl/server';
import type { FormState } from '@/components/actions/form-state';
import type { Caller } from '@/lib/core/caller';
import { now } from '@/lib/core/clock';
import { etagOf } from '@/lib/pastes/dto';
import { findPaste } from '@/lib/pastes/queries';

/** Whether the form was filled in by a user whose session has ended since. */
export function isSignedOut(form: FormData, { user }: Pick<Caller, 'user'>): boolean {
  return form.get('author') === 'member' && user === null;
}

/** The state of an edit that failed, with what its author needs to go on. */
export async function toEditAnswer(state: FormState, slug: string): Promise<FormState> {
  if (state.code === 'stale') return { ...state, etag: await currentEtag(slug) };
  if (state.code !== 'not_found') return state;
  return { ...state, sentence: (await getTranslations('composer'))('editEnded') };
}

async function currentEtag(slug: string): Promise<string | null> {
  const paste = await findPaste(slug, now());
  return paste && etagOf(paste);
}
