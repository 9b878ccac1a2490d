import { type Draft, EMPTY_FILE, type FileDraft } from './draft';
import type { FileCard } from './file-card';
import { restoreLineEnds, toLineFeeds } from './newlines';
import { fromBase64 } from './secret/base64';

export interface Collected {
  form: FormData;
  /** Indices, among all cards, of those with anything in them. */
  kept: number[];
  bytes: number;
}

/** The files as they stand in the form: exactly what would be stored. */
export function readFiles(element: HTMLFormElement, cards: readonly FileCard[]): FileDraft[] {
  return filesOf(new FormData(element), cards);
}

/** All of the form as it stands. */
export function readDraft(element: HTMLFormElement, cards: readonly FileCard[]): Draft {
  const posted = new FormData(element);
  const field = (name: string) => String(posted.get(name) ?? '');
  return {
    title: field('title'),
    files: filesOf(posted, cards),
    lifetime: field('lifetime'),
    expiresAt: field('expires_at'),
    utcOffset: 0,
    visibility: field('visibility'),
    burnAfter: field('burn_after'),
    slug: field('slug'),
  };
}

function filesOf(posted: FormData, cards: readonly FileCard[]): FileDraft[] {
  return cards.map((card, index) => {
    const field = (name: string) => String(posted.get(`files.${index}.${name}`) ?? '');
    const typed = toLineFeeds(field('content'));
    return {
      name: field('name'),
      language: field('language'),
      text: card.text === '' ? typed : restoreLineEnds(typed, card.text),
      source: card.source,
      ...(card.base64 === undefined ? {} : { base64: card.base64 }),
    };
  });
}

/**
 * The form as it would be posted, but with new texts as parts of their own: as fields their line ends
 * would be rewritten on the way. Files that were never filled in are left out.
 * @param masked the files to be sent instead of those in the form, if they were changed
 */
export function collectForm(
  element: HTMLFormElement,
  cards: readonly FileCard[],
  masked: readonly FileDraft[] | null,
): Collected {
  const posted = new FormData(element);
  const form = new FormData();
  for (const [name, value] of posted) {
    if (!name.startsWith('files.') && name !== 'uploads' && !name.startsWith('$')) form.append(name, value);
  }
  form.set('utc_offset', String(utcOffset(String(posted.get('expires_at') ?? ''))));
  const files = masked ?? filesOf(posted, cards);
  const kept = keptFiles(files);
  let bytes = 0;
  kept.forEach((from, to) => {
    const file = files[from] ?? EMPTY_FILE;
    const content = new Blob([file.text]);
    bytes += content.size;
    form.append(`files.${to}.name`, file.name);
    form.append(`files.${to}.language`, file.language);
    form.append(`files.${to}.content`, content, 'content');
  });
  return { form, kept, bytes };
}

/** The hidden fields by which the server knows the action of a form that the browser posts by itself. */
export function actionFields(element: HTMLFormElement): [string, string][] {
  return [...new FormData(element)].flatMap(([name, value]) =>
    name.startsWith('$') && typeof value === 'string' ? [[name, value]] : [],
  );
}

/** The size of what is stored of the files. */
export function contentBytes(files: readonly FileDraft[]): number {
  return files.reduce(
    (sum, { text, base64 }) =>
      sum + (base64 === undefined ? new Blob([text]).size : fromBase64(base64).length),
    0,
  );
}

/** The indices of the files with anything in them; of the first if there are none. */
export function keptFiles(files: readonly FileDraft[]): number[] {
  const filled = files
    .map((_, index) => index)
    .filter((index) => {
      const { name, text, base64 } = files[index] ?? EMPTY_FILE;
      return name !== '' || text !== '' || base64 !== undefined;
    });
  return filled.length > 0 ? filled : [0];
}

/** Minutes from the browser's own time to UTC, on that day. */
export function utcOffset(local: string): number {
  const day = new Date(local);
  return Number.isNaN(day.getTime()) ? 0 : day.getTimezoneOffset();
}
