import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../core/errors';
import { limitSubject } from '../../core/http/client-address';
import { MAX_BODY_BYTES } from '../body';
import { BodySlots } from '../body-slots';
import { type ApiEnv, callerOf } from '../context';

const slots = new BodySlots();

/**
 * Rejects a body whose announced length is too large, and lends out the slot that `readBytes` asks for once
 * a large body has in fact begun to arrive: an announcement alone takes nothing from other clients.
 */
export const largeBodies: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const announced = Number(c.req.header('content-length') ?? 0);
  if (announced > MAX_BODY_BYTES) throw new AppError('too_large');
  let giveBack: (() => void) | undefined;
  c.set('takeBodySlot', async () => {
    giveBack ??= await slots.take(limitSubject(callerOf(c).address));
  });
  try {
    await next();
  } finally {
    giveBack?.();
  }
};
