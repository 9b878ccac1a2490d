import 'server-only';
import { logger } from '@/lib/core/logger';
import { countUnopened } from '@/lib/sharing/shared-pastes';

/** As `countUnopened`, for display only: 0 also if it cannot be counted. */
export async function shownUnopened(email: string, opening: string | null): Promise<number> {
  try {
    return await countUnopened(email, opening);
  } catch (error) {
    logger().warn({ reason: error instanceof Error ? error.message : String(error) }, 'shares not counted');
    return 0;
  }
}
