import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import { cache } from 'react';
import { currentSession } from '@/components/request/current-user';
import type { ActiveSession } from '@/lib/accounts/sessions/queries';
import { logger } from '@/lib/core/logger';

/**
 * Who is signed in, for what a page shows besides its own matter: where that cannot be read, nobody is.
 * Never to decide what somebody may do.
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
