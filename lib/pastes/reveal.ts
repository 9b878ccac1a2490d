import 'server-only';
import { createHash } from 'node:crypto';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { isUniqueConflict } from '../core/constraints';
import { named, pool } from '../core/db';
import { AppError, invalidField } from '../core/errors';
import { limitSubject } from '../core/http/client-address';
import { newUuid } from '../core/uuid';
import { PROOF_SHAPE, proofHashOf } from '../encryption/proof';
import { enforceLimit } from '../limits/enforce';
import type { Grant } from './grants';
import { decideReveal } from './policy';
import { purgeLater } from './purge-later';
import { ALIVE, type FileRecord, type PasteRecord, type PasteRow, SELECT_PASTE, toRecord } from './queries';
import { readFileBody } from './read';
import { REPEAT_MS } from './schema';
import { slugsMeantBy } from './slug';
import { withGrant } from './with-grant';

const MAX_ATTEMPTS = 4;
const NONCE_SHAPE = /^[\x21-\x7e]{16,128}$/;

export interface RevealedPaste {
  /** `reads` is the number of this read. */
  paste: PasteRecord;
  /** Of what is stored: each file, or the ciphertext. Verified. */
  bodies: Uint8Array[];
  /** Whether the same reader revealed it with the same nonce before: then nothing was counted. */
  isRepeat: boolean;
  grant: Grant | null;
}

export interface RevealOptions {
  caller: Caller;
  /** From `nameReveal`. */
  nonceHash: Uint8Array;
  /** What the caller sent to reveal a secret paste: anything, since it may be wrong. */
  proof?: unknown;
  /** Called before bodies are read into memory. */
  beforeReading?: (stored: readonly FileRecord[]) => Promise<void>;
}

/** What tells readers apart: a browser by its cookie, others by their account or address. */
export function readerOf({ user, address }: Caller, cookie: string | null = null): string {
  if (cookie !== null) return `browser ${cookie}`;
  return user === null ? `address ${limitSubject(address)}` : `user ${user.id}`;
}

/**
 * The hash of a reader's nonce, under which a reveal is stored.
 * @param reader from `readerOf`: the same nonce of another reader is a different one.
 * @throws AppError validation_failed
 */
export function nameReveal(nonce: string, reader: string): Uint8Array {
  if (!NONCE_SHAPE.test(nonce)) throw invalidField('idempotency-key', 'reveal_nonce');
  return createHash('sha256')
    .update(JSON.stringify([reader, nonce]))
    .digest();
}

/**
 * Gives the text of a paste, and counts a read if it burns. The bodies are read and verified before the read is
 * counted, so a failing store costs no read. For a minute the same nonce gets the same answer and counts nothing,
 * also after the last read: a lost answer is not a lost text. Then the bodies are deleted.
 * @throws AppError not_found, reveal_required if the nonce is older than a minute, proof_required, rate_limited after
 *   many of these, validation_failed for a proof where there is nothing to prove, storage_unavailable
 */
export async function revealPaste(slug: string, options: RevealOptions): Promise<RevealedPaste> {
  return reveal(slug, { ...options, canCount: true });
}

/** As `revealPaste`, only within the minute after a reveal with this nonce: counts nothing. */
export async function repeatReveal(slug: string, options: RevealOptions): Promise<RevealedPaste> {
  return reveal(slug, { ...options, canCount: false });
}

async function reveal(
  slug: string,
  { caller, nonceHash, proof, beforeReading, canCount }: RevealOptions & { canCount: boolean },
): Promise<RevealedPaste> {
  const proofHash = hashProof(proof);
  let read: { revision: number; bodies: Uint8Array[] } | undefined;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const at = now();
    const found = await findForReveal(slug, { nonceHash, at });
    if (!found) throw new AppError('not_found');
    const { earlier } = found;
    const paste = await withGrant(found.paste, caller);
    const isRepeat = earlier !== null && at.getTime() - earlier.at.getTime() < REPEAT_MS;
    const decision = decideReveal(caller, paste, { now: at, isRepeat, proofHash });
    if (decision === 'absent') throw new AppError('not_found');
    if (decision === 'proof_required') await refuseProof(caller, proof);
    if (proof !== undefined && !paste.isSecret) throw invalidField('proof', 'not_secret');
    const counts = decision === 'counts' && !isRepeat;
    if (counts && (earlier !== null || !canCount)) throw new AppError('reveal_required');
    if (read?.revision !== paste.revision) {
      if (!read) await beforeReading?.(paste.stored);
      read = { revision: paste.revision, bodies: await Promise.all(paste.stored.map(readFileBody)) };
    }
    const revealed = { bodies: read.bodies, isRepeat, grant: paste.grant };
    if (!counts) return { ...revealed, paste: { ...paste, reads: earlier?.number ?? paste.reads } };
    const reads = await countRead(paste, nonceHash);
    if (reads !== null) return { ...revealed, paste: { ...paste, reads } };
  }
  throw new AppError('conflict', { detail: 'Another request is changing this paste. Try again.' });
}

/** Null for what has not the shape of a proof. */
function hashProof(proof: unknown): Uint8Array | null {
  if (typeof proof !== 'string' || !PROOF_SHAPE.test(proof)) return null;
  return Buffer.from(proofHashOf(proof), 'hex');
}

async function refuseProof(caller: Caller, proof: unknown): Promise<never> {
  await enforceLimit('reveals-refused', caller);
  const detail = proof === undefined ? 'The `proof` is missing.' : 'The `proof` is wrong.';
  throw new AppError('proof_required', { detail });
}

interface RevealRow extends PasteRow {
  revealed_at: Date | null;
  reveal_number: number | null;
}

/** The paste, also after its last read as long as its bodies exist, and the reveal with this nonce. */
async function findForReveal(
  slug: string,
  { nonceHash, at }: { nonceHash: Uint8Array; at: Date },
): Promise<{ paste: PasteRecord; earlier: { at: Date; number: number } | null } | null> {
  const slugs = slugsMeantBy(slug);
  if (slugs.length === 0) return null;
  const text = `select paste.*, r.at as revealed_at, r.number as reveal_number
    from (${SELECT_PASTE} where p.slug = any($2) and p.deleted_at is null
        and (p.expires_at is null or p.expires_at > $1)) paste
      left join reveals r on r.paste_id = (paste.json::json->>'id')::uuid and r.nonce_hash = $4
    order by paste.slug = $3 desc limit 1`;
  const { rows } = await pool().query<RevealRow>(
    named('find-for-reveal', text, [at, slugs, slug, nonceHash]),
  );
  const [row] = rows;
  if (!row) return null;
  const { revealed_at, reveal_number } = row;
  const earlier =
    revealed_at === null || reveal_number === null ? null : { at: revealed_at, number: reveal_number };
  return { paste: toRecord(row), earlier };
}

/**
 * One statement counts the read and stores its nonce, and with the last read what the author keeps. Readers of the
 * same paste wait for each other at its row, so that it is granted `burn_after` times at most. The settings and the
 * share must still be those that the decision was made for.
 */
const COUNT_READ = `
  with counted as (
    update pastes p set reads = p.reads + 1
    where p.id = $2 and p.settings_version = $3 and ${ALIVE}
      and ($4::uuid is null or exists (select 1 from shares s where s.id = $4))
    returning p.id, p.slug, p.owner_id, p.edit_key_hash, p.reads, p.burn_after
  ), noted as (
    insert into reveals (id, paste_id, nonce_hash, number, at) select $5, id, $6, reads, $1 from counted
  ), recorded as (
    insert into burn_records (id, slug, owner_id, edit_key_hash, read_at, burned_at)
    select c.id, c.slug, c.owner_id, c.edit_key_hash,
      array(select r.at from reveals r where r.paste_id = c.id order by r.number) || $1::timestamptz, $1
    from counted c where c.reads >= c.burn_after
  )
  select reads from counted`;

/** @returns the number of the read; null if the paste has changed, or the nonce was just counted */
async function countRead(
  paste: PasteRecord & { grant: Grant | null },
  nonceHash: Uint8Array,
): Promise<number | null> {
  const share = paste.grant?.shareId ?? null;
  const values = [now(), paste.id, paste.settingsVersion, share, newUuid(), nonceHash];
  try {
    const { rows } = await pool().query<{ reads: number }>(named('count-read', COUNT_READ, values));
    const reads = rows[0]?.reads ?? null;
    if (reads !== null && reads === paste.burnAfter) purgeLater(paste.id);
    return reads;
  } catch (error) {
    if (isUniqueConflict(error)) return null;
    throw error;
  }
}
