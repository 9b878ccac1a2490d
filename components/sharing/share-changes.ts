import 'server-only';
import { getTranslations } from 'next-intl/server';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import type { Member } from '@/lib/core/caller';
import { AppError, type FieldError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { createShareSchema, MAX_SHARES, updateShareSchema } from '@/lib/sharing/schema';
import { readShares, revokeShare, sharePaste, updateShare } from '@/lib/sharing/service';
import { withoutInvisible } from '@/lib/text/unicode/display-text';
import { readAddresses, readContacts } from './share-fields';
import { MAX_TYPED, namedFew } from './typed-addresses';

export interface Shared {
  /** How many people it was shared with. */
  count: number;
  isMailed: boolean;
}

/**
 * Shares a paste with the chosen contacts and typed addresses, or with none of them if an address is invalid. They
 * get the form's `role`; `editors` has addresses that get the other one, and a contact's field may name its own.
 * @throws AppError validation_failed (at `addresses`, which may be contacts as well), and as `sharePaste`
 */
export async function shareByForm(slug: string, form: FormData, caller: Member): Promise<Shared> {
  const [typed, typedEditors] = [textOf(form, 'addresses'), textOf(form, 'editors')];
  if (typed.length + typedEditors.length > MAX_TYPED) throw addressFault('addresses_too_long');
  const [readers, editors] = [readAddresses(typed), readAddresses(typedEditors)];
  const invalid = [...readers.invalid, ...editors.invalid];
  if (invalid.length > 0) throw addressFault('not_addresses', await nameFew(invalid));
  const role = textOf(form, 'role');
  const whom = [
    ...readContacts(form).map(({ id, role: own }) => ({ contact_id: id, role: own ?? role })),
    ...readers.addresses.map((email) => ({ email, role })),
    ...editors.addresses.map((email) => ({ email, role: 'editor' })),
  ];
  if (whom.length > MAX_SHARES) throw addressFault('shares_too_many');
  if (whom.length === 0) throw addressFault('share_without_recipient');
  const how = { notify: form.has('notify'), tell_title: form.has('tell_title') };
  const inputs = whom.map((one) => parseFields(createShareSchema, { ...one, ...how }));
  await enforceLimit('change-pastes', caller);
  // The form is for new people: existing shares are changed in the list.
  const shared = new Set((await readShares(slug, caller)).map(({ email }) => email));
  const known = [...readers.addresses, ...editors.addresses].filter((email) => shared.has(email));
  if (known.length > 0) throw addressFault('already_shared', await nameFew(known));
  const shares = await sharePaste(slug, inputs, { caller, keepsRoles: true }).catch(blameAddresses);
  return { count: shares.length, isMailed: how.notify };
}

interface ShareOfPaste {
  slug: string;
  id: string;
}

/** @throws AppError validation_failed, not_found, and as `updateShare` */
export async function changeRoleByForm(share: ShareOfPaste, form: FormData, caller: Member): Promise<void> {
  const input = parseFields(updateShareSchema, { role: textOf(form, 'role') });
  await enforceLimit('change-pastes', caller);
  await requireShare(share, caller);
  await updateShare(share.id, input, caller.user.id);
}

/** @throws AppError not_found, and as `revokeShare` */
export async function revokeById(share: ShareOfPaste, caller: Member): Promise<void> {
  await enforceLimit('change-pastes', caller);
  await requireShare(share, caller);
  await revokeShare(share.id, caller.user.id);
}

/** @throws AppError not_found unless it is a share of this paste */
async function requireShare({ slug, id }: ShareOfPaste, caller: Member): Promise<void> {
  const shares = await readShares(slug, caller);
  if (!shares.some((share) => share.id === id)) throw new AppError('not_found');
}

function addressFault(message: string, values?: FieldError['values']): AppError {
  return new AppError('validation_failed', {
    fields: [{ path: 'addresses', message, ...(values && { values }) }],
  });
}

/** The form has one field for recipients. */
function blameAddresses(error: unknown): never {
  const [fault] = error instanceof AppError ? error.fields : [];
  throw fault ? addressFault(fault.message) : error;
}

async function nameFew(addresses: readonly string[]): Promise<NonNullable<FieldError['values']>> {
  const t = await getTranslations('sharing');
  const named = namedFew(addresses.map(withoutInvisible), (name) => t('quoted', { name }));
  return { count: addresses.length, ...named };
}
