/** What of the page is shown: see `data-while` in its markup. */
export type PageState = 'closed' | 'open' | 'one-text' | 'many-texts';

/** Shows what belongs to one of these states, and hides what belongs to others. */
export function showState(states: readonly PageState[]): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-while]')) {
    const wanted = part.dataset.while?.split(' ') ?? [];
    part.hidden = !wanted.some((state) => states.some((shown) => shown === state));
  }
}

/** @throws Error if the page has no such element */
export function part<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as Kind;
}

export function say(id: 'secret-status' | 'secret-fault' | 'secret-password-error', sentence: string): void {
  const place = document.getElementById(id);
  if (place) place.textContent = sentence;
}
