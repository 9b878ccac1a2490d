import 'server-only';
import { isAbortedRequest } from '@/lib/core/app-error';
import { logger } from '@/lib/core/logger';

/**
 * Call once when the Next server starts: Next prints an error with its stack whenever a client closes
 * its connection while a form is read, which is not worth more than a line for debugging.
 */
export function quietAborts(): void {
  const { console } = globalThis;
  const print = console.error;
  console.error = (...values: unknown[]) => {
    if (values.some(isAbortedRequest)) logger().debug('request aborted');
    else print(...values);
  };
}
