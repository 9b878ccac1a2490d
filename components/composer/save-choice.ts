/** What an author can do about credentials in a text that others will read; each is also a button of the form. */
export const SAVE_CHOICES = ['mask', 'secret', 'private', 'keep'] as const;

export type SaveChoice = (typeof SAVE_CHOICES)[number];

/** The value of the form's `intent` that saves with a choice. */
export function intentOf(choice: SaveChoice | null): string {
  return choice === null ? 'save' : `save:${choice}`;
}

/** The choice in a value of `intent`; null if it has none. */
export function readSaveChoice(intent: string): SaveChoice | null {
  return SAVE_CHOICES.find((choice) => intentOf(choice) === intent) ?? null;
}
