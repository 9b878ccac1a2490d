import type { MiddlewareHandler } from 'hono';
import { ByteSlots } from '../../core/byte-slots';
import { AppError } from '../../core/errors';
import { limitSubject } from '../../core/http/client-address';
import { MAX_BODY_BYTES } from '../body';
import { type ApiEnv, callerOf } from '../context';

const MIB = 1024 * 1024;

/**
 * The large bodies that are received and parsed at the same time: each is kept whole, and kept again as text,
 * and many together would exhaust the memory of the process.
 */
const slots = new ByteSlots({ capacity: 128 * MIB, perClient: 32 * MIB, waitMs: 10_000, maxWaiting: 64 });

/**
 * Rejects a body whose announced length is too large, and lends out the slot that `readBytes` asks for once
 * a large body has in fact begun to arrive: an announcement alone takes nothing from other clients.
 */
export const largeBodies: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const announced = Number(c.req.header('content-length') ?? 0);
  if (announced > MAX_BODY_BYTES) throw new AppError('too_large');
  let giveBack: (() => void) | undefined;
  c.set('takeBodySlot', async (bytes) => {
    giveBack ??= await slots.take(limitSubject(callerOf(c).address), bytes);
  });
  try {
    await next();
  } finally {
    giveBack?.();
  }
};
