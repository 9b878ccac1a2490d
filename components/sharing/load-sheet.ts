import 'server-only';
import type { Member } from '@/lib/core/caller';
import type { Locale } from '@/lib/core/i18n/locale';
import { messagesIn } from '@/lib/core/i18n/page-text';
import { enforceLimit } from '@/lib/limits/enforce';
import { pasteUrl } from '@/lib/pastes/dto';
import { MAX_SHARES } from '@/lib/sharing/schema';
import { readOpenShares, readShares } from '@/lib/sharing/service';
import { type ChoosableContact, findChoosableContacts } from './choosable-contacts';
import { readContactChoiceQuery } from './share-query';
import { type SheetShare, toSheetShares } from './sheet-shares';

const MAX_SUGGESTED = 8;

/** All that the sheet shows when it opens. */
export interface SheetSetup {
  locale: Locale;
  messages: ReturnType<typeof sheetMessages>;
  /** Of the paste. */
  url: string;
  /** The most people that a paste can be shared with. */
  max: number;
  shares: SheetShare[];
}

/** @throws AppError rate_limited, not_found, validation_failed (a paste that cannot be shared) */
export async function loadSheetSetup(
  slug: string,
  { caller, locale }: { caller: Member; locale: Locale },
): Promise<SheetSetup> {
  await enforceLimit('read-api', caller);
  const shares = await toSheetShares(caller.user.id, await readOpenShares(slug, caller));
  return { locale, messages: sheetMessages(locale), url: pasteUrl(slug), max: MAX_SHARES, shares };
}

/** Whom the paste is shared with, for its owner. @throws AppError rate_limited, not_found */
export async function listForSheet(slug: string, caller: Member): Promise<SheetShare[]> {
  await enforceLimit('read-api', caller);
  return toSheetShares(caller.user.id, await readShares(slug, caller));
}

/**
 * The user's contacts that match what is typed, and have an address that the paste is not shared with.
 * @throws AppError rate_limited, not_found
 */
export async function suggestContacts(
  slug: string,
  { caller, typed }: { caller: Member; typed: string },
): Promise<ChoosableContact[]> {
  await enforceLimit('contacts-list', caller);
  const shares = await readShares(slug, caller);
  const except = new Set([caller.user.email, ...shares.map(({ email }) => email)]);
  const query = readContactChoiceQuery({ q: typed });
  const { contacts } = await findChoosableContacts(caller.user.id, { ...query, except });
  return contacts.slice(0, MAX_SUGGESTED);
}

function sheetMessages(locale: Locale) {
  const { shareSheet, sharing, composer, saved, reading, site } = messagesIn(locale);
  const { roles, done, notify, tellTitle, submit, seen, revoke, revokeFrom, roleOf, quoted } = sharing;
  return {
    shareSheet,
    sharing: { roles, done, notify, tellTitle, submit, seen, revoke, revokeFrom, roleOf, quoted },
    composer: { unreachable: composer.unreachable },
    site: { unreachable: site.unreachable },
    saved: { share: saved.share, copyLink: saved.copyLink },
    reading: { copied: reading.copied, notCopied: reading.notCopied },
  };
}
