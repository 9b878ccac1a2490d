import type { FormState } from '@/components/actions/form-state';

export type SheetOutcome =
  /** `count` is of the people that a paste was shared with. */
  { is: 'done'; count: number } | { is: 'signed-out' } | { is: 'failed'; sentence: string | null };

/**
 * What came of an action of the sharing page, which answers with the address that the page would go to.
 * @param state null if there was no answer
 */
export function readOutcome(slug: string, state: FormState | null): SheetOutcome {
  if (state === null || state.outcome !== 'saved')
    return { is: 'failed', sentence: state && (Object.values(state.fields)[0] ?? state.sentence) };
  const [path, query] = (state.href ?? '').split('?');
  if (path !== `/${slug}/share`) return { is: 'signed-out' };
  const parameters = new URLSearchParams(query);
  return { is: 'done', count: Number(parameters.get('mailed') ?? parameters.get('shared') ?? 0) };
}
