import 'server-only';
import { logger } from '../core/logger';
import { deliverOutbox, removeOldMail } from '../mail/deliver';
import { queueDeletedFiles, removeEmptiedPastes, tombstoneExpired } from '../pastes/purge';
import { countFailedRemovals, removeQueuedBlobs } from '../storage/removal';
import { EXPIRIES } from './expire-rows';
import { reconcileBlobs } from './reconcile';

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
 */
export async function runSweep({ now, budgetMs, reconcile = false }: SweepOptions): Promise<SweepResult> {
  const deadline = performance.now() + budgetMs;
  let failed = false;
  const repeat = async (step: () => Promise<number>) => {
    let total = 0;
    try {
      while (performance.now() < deadline) {
        const count = await step();
        if (count === 0) break;
        total += count;
      }
    } catch (error) {
      failed = true;
      // The other steps have work of their own; what failed here is tried again by the next sweep.
      logger().error({ err: error }, 'a step of the sweep failed');
    }
    return total;
  };
  const pastes = await repeat(() => tombstoneExpired(now));
  await repeat(async () => (await queueDeletedFiles(now)).length);
  const blobs = await repeat(() => removeQueuedBlobs());
  let stuck = 0;
  await repeat(async () => {
    stuck = await countFailedRemovals();
    return 0;
  });
  const rows = await repeat(() => removeEmptiedPastes());
  const mails = await repeat(() => deliverDue(now, deadline));
  await repeat(() => removeOldMail(now));
  for (const expire of EXPIRIES) await repeat(() => expire(now));
  const strays = reconcile ? await reconcileBlobs({ now, deadline }) : 0;
  const result: SweepResult = {
    pastes_ended: pastes,
    blobs_removed: blobs,
    blobs_failed: stuck,
    rows_removed: rows,
    mails_sent: mails,
    strays_removed: strays,
    complete: !failed && stuck === 0 && performance.now() < deadline,
  };
  if (pastes + blobs + stuck + rows + mails + strays > 0) logger().info(result, 'swept');
  return result;
}

async function deliverDue(now: Date, deadline: number): Promise<number> {
  const { sent } = await deliverOutbox({ now, budgetMs: deadline - performance.now() });
  return sent;
}
