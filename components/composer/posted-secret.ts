import 'server-only';
import { readSlug } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { openAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { withEditKey } from '@/components/request/edit-key-cookie';
import { keepNewKey } from '@/components/request/saved-page-key';
import { AppError } from '@/lib/core/errors';
import { limitSubject } from '@/lib/core/http/client-address';
import { enforceLimit } from '@/lib/limits/enforce';
import { createSecretPaste } from '@/lib/pastes/create';
import { nameCreate } from '@/lib/pastes/idempotency';
import { createSecretPasteSchema, updateSecretPasteSchema } from '@/lib/pastes/secret-schema';
import { updatePaste } from '@/lib/pastes/update';
import { isSignedOut, toEditAnswer } from './edit-answer';

/** Stores what a browser has encrypted. A form with the same `once` creates nothing new. */
export async function createFromSecret(form: FormData): Promise<FormState> {
  return openAction(
    form,
    async (caller) => {
      if (isSignedOut(form, caller)) throw new AppError('unauthorized');
      const burnAfter = textOf(form, 'burn_after');
      const settings = {
        ...settingsOf(form),
        proof_hash: textOf(form, 'proof_hash'),
        slug: textOf(form, 'slug') || undefined,
        burn_after: burnAfter === '' ? undefined : Number(burnAfter),
      };
      const input = parseFields(createSecretPasteSchema, {
        ...settings,
        encryption: 'age-v1',
        payload: await bytesOf(form, 'payload'),
        lock: form.has('lock') ? await bytesOf(form, 'lock') : undefined,
      });
      await enforceLimit('change-pastes', caller);
      // The hash of the proof belongs to one key, and so to one ciphertext.
      const once = nameCreate(textOf(form, 'once'), {
        caller: caller.user?.id ?? limitSubject(caller.address),
        input: settings,
      });
      const { paste, editKey } = await createSecretPaste(input, caller, { once });
      await keepNewKey(paste.slug, editKey);
      return arrive(`/${paste.slug}?saved=1`);
    },
    { keepsTyped: false },
  );
}

/** Stores a new revision of a secret paste. */
export async function updateFromSecret(boundSlug: string, form: FormData): Promise<FormState> {
  const state = await openAction(
    form,
    async (caller) => {
      if (isSignedOut(form, caller)) throw new AppError('unauthorized');
      const slug = readSlug(boundSlug);
      const editor = await withEditKey(caller, slug);
      const input = parseFields(updateSecretPasteSchema, {
        ...settingsOf(form),
        payload: await bytesOf(form, 'payload'),
      });
      await enforceLimit('change-pastes', editor);
      await updatePaste(slug, input, { caller: editor, ifMatch: textOf(form, 'etag') });
      return arrive(`/${slug}?saved=1`);
    },
    { keepsTyped: false },
  );
  return toEditAnswer(state, boundSlug);
}

function settingsOf(form: FormData): { visibility?: string; expires_in?: string; expires_at?: string } {
  const expiresAt = textOf(form, 'expires_at');
  return {
    ...(form.has('visibility') ? { visibility: textOf(form, 'visibility') } : {}),
    ...(expiresAt === 'never' ? { expires_in: expiresAt } : {}),
    ...(form.has('expires_at') && expiresAt !== 'never' ? { expires_at: expiresAt } : {}),
  };
}

async function bytesOf(form: FormData, name: string): Promise<Uint8Array> {
  const part = form.get(name);
  return part instanceof Blob ? new Uint8Array(await part.arrayBuffer()) : new Uint8Array();
}
