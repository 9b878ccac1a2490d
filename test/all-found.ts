import type { Findings } from '@/lib/text/credentials/search-in-steps';

/** All that a search finds, without pauses. */
export function allFound<Found>(findings: Findings<Found>): Found[] {
  return [...findings].filter((one) => one !== undefined);
}
