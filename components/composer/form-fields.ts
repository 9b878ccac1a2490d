import type { Draft } from './draft';

/** Puts everything but the files into the form's own fields. */
export function applySettings(form: HTMLFormElement, draft: Draft): void {
  const values = {
    title: draft.title,
    lifetime: draft.lifetime,
    expires_at: draft.expiresAt,
    visibility: draft.visibility,
    // Drafts kept by an earlier version have neither.
    burn_after: draft.burnAfter ?? '',
    slug: draft.slug ?? '',
  };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
    else if (
      field instanceof HTMLSelectElement &&
      [...field.options].some((option) => option.value === value)
    ) {
      field.value = value;
    }
  }
}

/** Only the link opens a secret paste, so it cannot be listed. */
export function leavePublic(form: HTMLFormElement): void {
  const field = form.elements.namedItem('visibility');
  if (field instanceof HTMLSelectElement && field.value === 'public') field.value = 'unlisted';
}

/** Which file the first fault is in; -1 if it is in none. */
export function faultyFile(faults: Record<string, string>): number {
  const field = Object.keys(faults).find((name) => name.startsWith('files.'));
  return field === undefined ? -1 : Number(field.split('.')[1]);
}

/** The first field with a fault that is to be seen, or else the sentence about the whole, or the question. */
export function focusFault(form: HTMLFormElement): void {
  const fields = [...form.querySelectorAll<HTMLElement>('[aria-invalid="true"]')];
  const shown = fields.find((field) => field.offsetParent !== null);
  const target = shown ?? form.querySelector<HTMLElement>('[role="alert"], [data-credentials]');
  // What is in the window already would still be moved away from its edge.
  target?.focus({ preventScroll: isInWindow(target) });
}

function isInWindow(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight;
}
