import { z } from 'zod';
import { listOf } from '../../core/page-schema';

export const sessionSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['browser', 'api']),
    current: z.boolean().meta({ description: 'Whether this is the session that asks.' }),
    device: z.string().meta({ description: 'What the client says it is; may be empty.' }),
    address: z.string(),
    created_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: 'Session' });

export type SessionDto = z.output<typeof sessionSchema>;

export const sessionListSchema = listOf(sessionSchema, 'SessionList');
