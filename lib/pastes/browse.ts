import 'server-only';
import type { Caller } from '../core/caller';
import { AppError } from '../core/errors';
import { listPublicLanguages, listPublicPastes, type PastePage } from './list-queries';
import type { ListPastes } from './list-schema';
import { decideBrowse, type InstanceDecision } from './policy';

interface Browser {
  caller: Pick<Caller, 'user'>;
  at: Date;
}

/** A page of the feed. @throws AppError members_only, feed_disabled, validation_failed */
export async function browseFeed(filter: ListPastes, { caller, at }: Browser): Promise<PastePage> {
  requireFeed(caller);
  return listPublicPastes(filter, at);
}

/** The languages that the feed can be filtered by. @throws AppError members_only, feed_disabled */
export async function browseLanguages({ caller, at }: Browser): Promise<string[]> {
  requireFeed(caller);
  return listPublicLanguages(at);
}

/**
 * The public pastes of a user: none where the instance lists no pastes.
 * @throws AppError members_only, validation_failed
 */
export async function browseProfile(
  filter: Parameters<typeof listPublicPastes>[0],
  { caller, at }: Browser,
): Promise<PastePage> {
  const decision = requireMember(caller);
  return decision === 'disabled' ? { items: [], nextCursor: null } : listPublicPastes(filter, at);
}

function requireFeed(caller: Browser['caller']): void {
  if (requireMember(caller) === 'disabled') throw new AppError('feed_disabled');
}

function requireMember(caller: Browser['caller']): Exclude<InstanceDecision, 'members_only'> {
  const decision = decideBrowse(caller.user);
  if (decision === 'members_only') throw new AppError(decision);
  return decision;
}
