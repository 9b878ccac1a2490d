import { z } from 'zod';
import { type NamedRequest, nameRequest } from '../core/idempotency';
import { type ApiContext, memberOf } from './context';

export const idempotencyHeader = z.object({
  'idempotency-key': z.string().optional().meta({
    description:
      'Makes retries safe: within 24 hours, the same request with the same key creates nothing and gets what the first one created. A different request with the key is a 422. Keys are scoped to the caller and the operation; 1 to 255 printable ASCII characters.',
    example: '4f6b1c0e-8a57-4c9d-9a55-0d2f6a1b7c33',
  }),
});

/**
 * The request of a member that `Idempotency-Key` identifies, if set.
 * @throws AppError validation_failed
 */
export function onceOf(
  c: ApiContext,
  { operation, input }: { operation: string; input: unknown },
): NamedRequest | undefined {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return undefined;
  return nameRequest(key, { scope: [memberOf(c).user.id, operation], input });
}
