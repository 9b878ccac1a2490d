import type { Draft } from './draft';

const MAX_OFFSET = 15 * 60;

/** The draft as the API would take it: one schema judges both. */
export function toPasteInput(draft: Draft): object {
  return {
    title: draft.title,
    visibility: draft.visibility || undefined,
    files: draft.files.map(({ name, language, text }) => ({
      name,
      language: language || undefined,
      content: text,
    })),
    ...(draft.slug === '' ? {} : { slug: draft.slug }),
    ...(draft.burnAfter === '' ? {} : { burn_after: Number(draft.burnAfter) }),
    ...lifetimeInput(draft),
  };
}

function lifetimeInput(draft: Draft): { expires_in?: string; expires_at?: string } {
  if (draft.lifetime === '' || draft.lifetime === 'keep') return {};
  if (draft.lifetime !== 'at') return { expires_in: draft.lifetime };
  const instant = new Date(`${draft.expiresAt}Z`);
  if (Number.isNaN(instant.getTime()) || Math.abs(draft.utcOffset) > MAX_OFFSET) {
    return { expires_at: draft.expiresAt };
  }
  return { expires_at: new Date(instant.getTime() + draft.utcOffset * 60_000).toISOString() };
}
