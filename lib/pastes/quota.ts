import 'server-only';
import type pg from 'pg';
import { now } from '../core/clock';
import { Coalescer } from '../core/coalesce';
import { combinedStatement } from '../core/combined-statement';
import { pool, QUERY_TIMEOUT, SERVER_LIMITS, turnPool } from '../core/db';
import { AppError } from '../core/errors';
import { type Quotas, quotas } from '../core/instance-rules';
import { perProcess } from '../core/per-process';
import { prisma } from '../core/prisma';
import { type Addition, decideQuota, type Usage } from './policy';

interface Pending {
  adding: Addition;
  store: () => Promise<unknown>;
}

type Results = ReadonlyMap<Pending, PromiseSettledResult<unknown>>;
type Client = Pick<pg.ClientBase, 'query'>;

/** Of the lock that every process holds while it stores within a quota. */
const LOCK = 1_398_096_225;
/** The limits of a connection, for poolers that refuse them: a process that stops would keep the lock from all others. */
const BEGIN = `begin; set local statement_timeout = ${SERVER_LIMITS.statement_timeout};
  set local idle_in_transaction_session_timeout = ${SERVER_LIMITS.idle_in_transaction_session_timeout}`;
const MAX_ITEMS = 20;
const MIB = 1024 * 1024;
/** As long as a connection and a statement together may take: see `lib/core/db.ts`. */
const WITHIN_MS = 2_500;
/** A limit of all texts that seems to be reached is counted again, at most this often. */
const RECOUNT_AFTER_MS = 10_000;
/** Counted again in any case, because an instance without the limit does not add what it stores. */
const COUNTED_FOR_MS = 3_600_000;

const NONE: Usage = { bytes: 0, pastes: 0 };

const queue = perProcess(
  'stored-within-quota',
  () =>
    new Coalescer<Pending, Results>({
      run: storeInTurn,
      maxRunning: 1,
      maxItems: MAX_ITEMS,
      limit: { ms: WITHIN_MS, message: QUERY_TIMEOUT },
    }),
);
/**
 * Whether this process has counted the total: one of before its start may be without what was not limited then, and one
 * that could not be updated is without what was stored.
 */
const counting = perProcess('stored-total', () => ({ hasCounted: false }));

const usagesOf = combinedStatement<string, ReadonlyMap<string, Usage>>('usage', (owners) =>
  readUsages(pool(), owners),
);

/** How many pastes a member has, and how large their texts are, earlier revisions included. */
export async function readUsage(ownerId: string): Promise<Usage> {
  return (await usagesOf(ownerId)).get(ownerId) ?? NONE;
}

/** The size of the texts of a paste, earlier revisions included. */
export async function readPasteBytes(pasteId: string): Promise<number> {
  const { _sum } = await prisma().file.aggregate({ where: { revision: { pasteId } }, _sum: { bytes: true } });
  return _sum.bytes ?? 0;
}

/**
 * An early check, before bodies are stored; `withinQuota` decides. Costs nothing where no quota is set.
 * @throws AppError quota_exceeded, instance_full
 */
export async function requireRoom(adding: Addition): Promise<void> {
  const limits = quotas();
  if (!isLimited(adding, limits)) return;
  const { ownerId } = adding;
  const [member, all] = await Promise.all([
    ownerId === null ? NONE : readUsage(ownerId),
    limits.allBytes === null ? 0 : readTotal(),
  ]);
  const decision = decideQuota({ member, allBytes: all }, adding, limits);
  if (decision !== 'allowed') throw quotaError(decision);
}

/**
 * Runs `store`, which commits the addition, if it is within the quotas. Processes take turns, and each counts what is
 * committed, so that concurrent additions never exceed a quota together. Without a quota, nothing is waited for.
 * @throws AppError quota_exceeded, instance_full; and what `store` throws
 */
export async function withinQuota<T>(adding: Addition, store: () => Promise<T>): Promise<T> {
  if (!isLimited(adding, quotas())) return store();
  const pending: Pending = { adding, store };
  const result = (await queue.get().add(pending)).get(pending);
  if (result?.status === 'fulfilled') return result.value as T;
  throw result?.reason;
}

/** Whether the addition was not stored because of a quota. */
export function isQuotaError(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'quota_exceeded' || error.code === 'instance_full');
}

function isLimited({ ownerId }: Addition, { allBytes, memberBytes, memberPastes }: Quotas): boolean {
  return allBytes !== null || (ownerId !== null && (memberBytes !== null || memberPastes !== null));
}

/** Stores what is within the quotas, in one turn of this process. */
async function storeInTurn(items: readonly Pending[]): Promise<Results> {
  const client = await turnPool().connect();
  try {
    await client.query(BEGIN);
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const results = await storeWithin(client, items);
    await client.query('commit');
    client.release();
    return results;
  } catch (error) {
    // The size of all texts may be without what was stored in this turn.
    counting.get().hasCounted = false;
    client.release(true);
    throw error;
  }
}

async function storeWithin(client: Client, items: readonly Pending[]): Promise<Results> {
  const limits = quotas();
  const owners = [...new Set(items.flatMap(({ adding }) => adding.ownerId ?? []))];
  const members = owners.length === 0 ? new Map<string, Usage>() : await readUsages(client, owners);
  const incoming = items.reduce((sum, { adding }) => sum + newBytes(adding), 0);
  let allBytes = limits.allBytes === null ? 0 : await countTotal(client, limits.allBytes - incoming);
  const before = allBytes;
  const stored = items.map(async ({ adding, store }) => {
    const { ownerId, bytes, pastes } = adding;
    const member = (ownerId !== null && members.get(ownerId)) || NONE;
    const decision = decideQuota({ member, allBytes }, adding, limits);
    if (decision !== 'allowed') throw quotaError(decision);
    allBytes += newBytes(adding);
    if (ownerId !== null)
      members.set(ownerId, { bytes: member.bytes + bytes, pastes: member.pastes + pastes });
    return store();
  });
  const settled = await Promise.allSettled(stored);
  if (allBytes > before)
    await client.query('update stored_total set bytes = bytes + $1 where id = 1', [allBytes - before]);
  return new Map(settled.map((result, index) => [items[index] as Pending, result]));
}

function newBytes({ bytes, isStored = false }: Addition): number {
  return isStored ? 0 : bytes;
}

const USAGES = `select p.owner_id as owner, count(*)::int as pastes,
    coalesce(sum(texts.bytes), 0)::float8 as bytes
  from pastes p, lateral (
    select sum(f.bytes) as bytes from revisions r join files f on f.revision_id = r.id where r.paste_id = p.id
  ) texts
  where p.owner_id = any($1::uuid[]) and p.deleted_at is null and (p.expires_at is null or p.expires_at > $2)
  group by p.owner_id`;

async function readUsages(client: Client, owners: readonly string[]): Promise<Map<string, Usage>> {
  const { rows } = await client.query<Usage & { owner: string }>(USAGES, [owners, now()]);
  return new Map(rows.map(({ owner, ...usage }) => [owner, usage]));
}

/** The size of all texts if it was counted just now; otherwise 0, because it may have become less. */
async function readTotal(): Promise<number> {
  const known = await prisma().storedTotal.findUnique({ where: { id: 1 } });
  return known && now().getTime() - known.countedAt.getTime() < RECOUNT_AFTER_MS ? Number(known.bytes) : 0;
}

/**
 * The size of all texts, which are added up where it is not known, or is out of date. Only with the lock.
 * @param most a larger known size is counted again, because it may have become less
 */
async function countTotal(client: Client, most: number): Promise<number> {
  const at = now();
  const state = counting.get();
  const { rows } = await client.query<{ bytes: number; countedAt: Date }>(
    'select bytes::float8 as bytes, counted_at as "countedAt" from stored_total where id = 1',
  );
  const [known] = rows;
  const age = known ? at.getTime() - known.countedAt.getTime() : Infinity;
  const isCurrent = age < (known && known.bytes > most ? RECOUNT_AFTER_MS : COUNTED_FOR_MS);
  if (known && isCurrent && state.hasCounted) return known.bytes;
  const counted = await client.query<{ bytes: number }>(
    `insert into stored_total (id, bytes, counted_at) select 1, coalesce(sum(bytes), 0), $1 from files
     on conflict (id) do update set bytes = excluded.bytes, counted_at = excluded.counted_at
     returning bytes::float8 as bytes`,
    [at],
  );
  state.hasCounted = true;
  return counted.rows[0]?.bytes ?? 0;
}

function quotaError(decision: Exclude<ReturnType<typeof decideQuota>, 'allowed'>): AppError {
  if (decision === 'instance_full') return new AppError(decision);
  const { memberBytes, memberPastes } = quotas();
  const max = decision === 'quota_pastes' ? memberPastes : (memberBytes ?? 0) / MIB;
  return new AppError('quota_exceeded', {
    fields: [{ path: 'files', message: decision, values: { max: max ?? 0 } }],
  });
}
