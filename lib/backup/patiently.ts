import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../core/errors';
import { StorageRefusal } from '../storage/refusal';

const ATTEMPTS = 4;
const PAUSE_MS = 1_000;

/** Tries again when the store does not answer: a moment without it must not end the work of hours. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isOutage(error)) throw error;
      await sleep(PAUSE_MS * attempt);
    }
  }
}

function isOutage(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'storage_unavailable') return false;
  const { cause } = error;
  const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
  return !isFull && !(cause instanceof StorageRefusal);
}
