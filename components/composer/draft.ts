/** A file in the composer. `text` is exactly what would be stored. */
export interface FileDraft {
  name: string;
  /** A language id, or empty to have it detected. */
  language: string;
  text: string;
  /** Which file of the revision being edited this one comes from, from 0; null for a new one. */
  source: number | null;
  /** The bytes of a file that is not text, which only a secret paste can hold; `text` is then empty. */
  base64?: string;
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
  /** After how many reads it is deleted; empty if it does not burn. */
  burnAfter: string;
  /** A link of the author's own choice; empty to have one made up. */
  slug: string;
  /** Whether it is to be encrypted in the browser. */
  isSecret?: boolean;
}

export const EMPTY_FILE: FileDraft = { name: '', language: '', text: '', source: null };

/** How many characters the draft's texts have. */
export function lengthOf({ files }: Draft): number {
  return files.reduce((sum, { text, base64 = '' }) => sum + text.length + base64.length, 0);
}

/** Whether anything is in the draft that is not in the one that the form began with. */
export function isChanged(draft: Draft, initial: Draft): boolean {
  const isBlank = draft.title === '' && draft.files.every(isBlankFile);
  return !isBlank && !isSame(draft, initial);
}

/** Whether two drafts would be saved as the same. */
export function isSame(one: Draft, other: Draft): boolean {
  const settings = ['title', 'lifetime', 'expiresAt', 'visibility', 'burnAfter', 'slug'] as const;
  return (
    settings.every((name) => one[name] === other[name]) &&
    Boolean(one.isSecret) === Boolean(other.isSecret) &&
    one.files.length === other.files.length &&
    one.files.every((file, index) => {
      const before = other.files[index];
      const hasSameLabel = file.name === before?.name && file.language === before.language;
      return hasSameLabel && file.text === before.text && file.base64 === before.base64;
    })
  );
}

/** Whether nothing was ever filled in. */
export function isBlankFile({ name, text, base64 }: FileDraft): boolean {
  return name.trim() === '' && text === '' && base64 === undefined;
}
