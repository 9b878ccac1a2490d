import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import { cache } from 'react';
import { currentSession } from '@/components/request/current-caller';
import type { ActiveSession } from '@/lib/accounts/sessions/queries';
import { logger } from '@/lib/core/logger';

/**
 * The signed-in user, for display only, never to decide on access: null also if the session cannot be read.
 */
export const shownSession = cache(async (): Promise<ActiveSession | null> => {
  try {
    return await currentSession();
  } catch (error) {
    unstable_rethrow(error);
    logger().warn({ reason: error instanceof Error ? error.message : String(error) }, 'session not read');
    return null;
  }
});
