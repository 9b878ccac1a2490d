/** A file in the composer. `text` is exactly what would be stored. */
export interface FileDraft {
  name: string;
  /** A language id, or empty to have it detected. */
  language: string;
  text: string;
  /** Which file of the revision being edited this one comes from, from 0; null for a new one. */
  source: number | null;
}

/** A paste in the composer, valid or not. */
export interface Draft {
  title: string;
  files: FileDraft[];
  /** A named lifetime, `keep` or `at`. */
  lifetime: string;
  /** What the date field holds, `2030-01-31T12:00`. */
  expiresAt: string;
  /** Minutes from the date field's time to UTC; 0 where the browser did not tell. */
  utcOffset: number;
  visibility: string;
  /** A link of the author's own choice; empty to have one made up. */
  slug: string;
}

export const EMPTY_FILE: FileDraft = { name: '', language: '', text: '', source: null };

/** Whether nothing was ever filled in. */
export function isBlankFile({ name, text }: FileDraft): boolean {
  return name.trim() === '' && text === '';
}
