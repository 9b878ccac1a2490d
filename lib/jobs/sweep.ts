import 'server-only';
import { pool } from '../core/db';
import { AppError } from '../core/errors';
import { recordJobRun } from '../core/job-runs';
import { logger } from '../core/logger';
import { prisma } from '../core/prisma';
import { withTimeout } from '../core/timeout';
import { traced, tracedRun } from '../core/tracing';
import { deliverOutbox, removeOldMail } from '../mail/deliver';
import { queueDeletedFiles, removeEmptiedPastes, tombstoneExpired } from '../pastes/purge';
import { announceCases } from '../reports/announce';
import { announceApprovals } from '../reports/announce-approvals';
import { countFailedRemovals, removeQueuedBlobs } from '../storage/removal';
import { EXPIRIES } from './expire-rows';
import { reconcileBlobs } from './reconcile';

/** After a step has failed. Less than a statement may take: the caller waits for both. */
const DATABASE_ANSWERS_WITHIN_MS = 1_000;

export interface SweepOptions {
  now: Date;
  /** Milliseconds after which no further batch is begun. */
  budgetMs: number;
  /** Also look through the whole store for blobs that no row names; the daily part of the work. */
  reconcile?: boolean;
}

export interface SweepResult {
  pastes_ended: number;
  blobs_removed: number;
  /** Queued bodies that the store could not remove; each sweep tries them again, after all others. */
  blobs_failed: number;
  rows_removed: number;
  mails_sent: number;
  strays_removed: number;
  /** False if the budget ran out or something failed; the next sweep continues. */
  complete: boolean;
}

/**
 * The clean-up: deletes expired pastes, removes bodies, then rows, then expired sessions, tokens and counters;
 * it also sends the mail that could not be sent before. Safe to overlap with itself and to be killed at any
 * point. Reads never wait for it: expiry is theirs to decide.
 * @throws AppError database_unavailable; with `reconcile` also storage_unavailable, after everything that needs no
 *   store
 */
export function runSweep(options: SweepOptions): Promise<SweepResult> {
  return tracedRun('sweep', () => sweep(options));
}

async function sweep({ now, budgetMs, reconcile = false }: SweepOptions): Promise<SweepResult> {
  const deadline = performance.now() + budgetMs;
  const failures: unknown[] = [];
  /** A step that fails has no result; the others have work of their own, and the next sweep tries it again. */
  const attempt = async (step: Step) => {
    try {
      return await traced(`sweep ${step.name}`, step.run);
    } catch (error) {
      failures.push(error);
      logger().error({ err: error }, 'a step of the sweep failed');
      // Without a database each of them would wait for its own timeout.
      if (!isOfStore(error) && !(await isDatabaseAnswering()))
        throw new AppError('database_unavailable', { cause: error });
      return null;
    }
  };
  const drain = (...steps: Step[]) => runInTurn(steps, { attempt, deadline });

  const cleanUp = async () => {
    // A batch of each in turn: a step never has to look past many pastes that wait for another step.
    const [pastes = 0, , blobs = 0, rows = 0] = await drain(
      { name: 'end pastes', run: () => tombstoneExpired(now) },
      { name: 'queue texts', run: async () => (await queueDeletedFiles(now)).length },
      { name: 'remove texts', run: () => removeQueuedBlobs() },
      { name: 'remove pastes', run: () => removeEmptiedPastes() },
    );
    const stuck = (await attempt({ name: 'count failures', run: countFailedRemovals })) ?? 0;
    await drain({ name: 'remove mail', run: () => removeOldMail(now) });
    for (const expire of EXPIRIES) await drain({ name: 'expire rows', run: () => expire(now) });
    await attempt({ name: 'announce reports', run: () => announceCases(now) });
    await attempt({ name: 'announce approvals', run: () => announceApprovals(now) });
    const strays = reconcile ? await reconcileAfter(failures, { now, deadline }) : 0;
    return { pastes, blobs, stuck, rows, strays };
  };
  // Mail goes out beside it: a provider that hangs must not use up the budget.
  const [cleaned, delivered] = await Promise.allSettled([
    cleanUp(),
    drain({ name: 'send mail', run: () => deliverDue(now, deadline) }),
  ]);
  // Only now: a mail that is being sent must be recorded before this process may be frozen.
  if (cleaned.status === 'rejected') throw cleaned.reason;
  if (delivered.status === 'rejected') throw delivered.reason;
  const { pastes, blobs, stuck, rows, strays } = cleaned.value;
  await attempt({
    name: 'record',
    async run() {
      await recordJobRun(pool(), 'sweep', now);
      return 0;
    },
  });
  const [mails = 0] = delivered.value;
  const result: SweepResult = {
    pastes_ended: pastes,
    blobs_removed: blobs,
    blobs_failed: stuck,
    rows_removed: rows,
    mails_sent: mails,
    strays_removed: strays,
    complete: failures.length === 0 && stuck === 0 && performance.now() < deadline,
  };
  if (pastes + blobs + stuck + rows + mails + strays > 0) logger().info(result, 'swept');
  return result;
}

async function isDatabaseAnswering(): Promise<boolean> {
  const limit = { ms: DATABASE_ANSWERS_WITHIN_MS, message: 'no answer' };
  return withTimeout(limit, () => prisma().$queryRaw`select 1`).then(
    () => true,
    () => false,
  );
}

interface Step {
  /** Of its spans. */
  name: string;
  /** Processes a batch and returns its size. */
  run(): Promise<number>;
}

/**
 * Runs a batch of each step in turn until none has any work left. A failed step is left out from then on.
 * @returns how much each step has processed
 */
async function runInTurn(
  steps: readonly Step[],
  options: { attempt(step: Step): Promise<number | null>; deadline: number },
): Promise<number[]> {
  const totals = steps.map(() => 0);
  const failed = new Set<Step>();
  for (let isWorking = true; isWorking; ) {
    isWorking = false;
    for (const [index, step] of steps.entries()) {
      if (failed.has(step)) continue;
      if (performance.now() >= options.deadline) return totals;
      const count = await options.attempt(step);
      if (count === null) failed.add(step);
      totals[index] = (totals[index] ?? 0) + (count ?? 0);
      isWorking ||= (count ?? 0) > 0;
    }
  }
  return totals;
}

/** A store that has just failed is not asked for its list, which would only take as long again. */
async function reconcileAfter(
  failures: readonly unknown[],
  options: { now: Date; deadline: number },
): Promise<number> {
  const outage = failures.find(isOfStore);
  if (outage !== undefined) throw outage;
  return traced('sweep reconcile', () => reconcileBlobs(options));
}

function isOfStore(error: unknown): boolean {
  return error instanceof AppError && error.code === 'storage_unavailable';
}

async function deliverDue(now: Date, deadline: number): Promise<number> {
  const { sent } = await deliverOutbox({ now, budgetMs: deadline - performance.now() });
  return sent;
}
