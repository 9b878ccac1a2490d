import 'server-only';
import { cookies } from 'next/headers';
import { readId } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction, pasteAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { currentPath } from '@/components/request/current-path';
import { noteActionBegan } from '@/components/request/next-actions';
import { slugOfLink } from '@/lib/api/terminal-path';
import { AppError } from '@/lib/core/errors';
import { cookieOptions } from '@/lib/core/http/cookie';
import { pathOf } from '@/lib/core/http/request-path';
import { enforceLimit } from '@/lib/limits/enforce';
import { dismissBurnRecord, findBurnRecord } from '@/lib/pastes/burn-records';
import { REVEALED_COOKIE } from '@/lib/pastes/reader-cookie';
import { revealPaste } from '@/lib/pastes/reveal';
import { REPEAT_MS, updatePasteSchema } from '@/lib/pastes/schema';
import { updatePaste } from '@/lib/pastes/update';
import { carryReveal, revealOptions } from './carried-reveal';

/** Reveals the paste of the page that the form was posted to; that page then shows it, or the error. */
export async function revealByForm(form: FormData): Promise<void> {
  if (!(form instanceof FormData)) throw new AppError('malformed_body');
  noteActionBegan();
  const nonce = textOf(form, 'nonce');
  try {
    const slug = slugOfLink(pathOf(await currentPath())) ?? '';
    const revealed = await revealPaste(slug, await revealOptions(nonce));
    // Of a paste that does not burn there is nothing to reveal: its page shows it.
    if (revealed.paste.burnAfter === null) return;
    (await cookies()).set(REVEALED_COOKIE, nonce, {
      ...cookieOptions(),
      path: `/${slug}`,
      maxAge: REPEAT_MS / 1_000,
    });
    await carryReveal({ nonce, revealed, error: null });
  } catch (error) {
    await carryReveal({ nonce, revealed: null, error });
  }
}

/** Gives a burning paste the chosen lifetime, which must be shorter than what is left of its own. */
export async function shortenLifetime(boundSlug: string, form: FormData): Promise<FormState> {
  return pasteAction(boundSlug, form, async (caller, slug) => {
    const input = parseFields(updatePasteSchema, { expires_in: textOf(form, 'lifetime') });
    await enforceLimit('change-pastes', caller);
    await updatePaste(slug, input, { caller });
    return arrive(`/${slug}?saved`);
  });
}

/** Deletes what is kept of a burned paste. */
export async function dismissBurn(boundSlug: string, form: FormData): Promise<FormState> {
  return pasteAction(boundSlug, form, async (caller, slug) => {
    const record = await findBurnRecord(slug, caller);
    if (!record) throw new AppError('not_found');
    await dismissBurnRecord(record.id, caller);
    return arrive(caller.user === null ? '/' : '/me');
  });
}

/** As `dismissBurn`, from the list of the user's own pastes. */
export async function dismissBurnById(boundId: string, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    await dismissBurnRecord(readId(boundId), caller);
    return arrive('/me');
  });
}
