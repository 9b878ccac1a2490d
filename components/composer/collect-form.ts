import { EMPTY_FILE, type FileDraft } from '@/lib/pastes/draft';
import { restoreLineEnds, toLineFeeds } from '@/lib/pastes/newlines';
import type { FileCard } from './file-card';

export interface Collected {
  form: FormData;
  /** Indices, among all cards, of those with anything in them. */
  kept: number[];
  bytes: number;
}

/**
 * The form as it would be posted, but with new texts as parts of their own: as fields their line ends
 * would be rewritten on the way. Files that were never filled in are left out.
 */
export function collectForm(element: HTMLFormElement, cards: readonly FileCard[]): Collected {
  const posted = new FormData(element);
  const form = new FormData();
  for (const [name, value] of posted) {
    if (!name.startsWith('files.') && name !== 'uploads' && !name.startsWith('$')) form.append(name, value);
  }
  form.set('utc_offset', String(utcOffset(String(posted.get('expires_at') ?? ''))));
  const kept = keptCards(posted, cards);
  let bytes = 0;
  kept.forEach((from, to) => {
    const card = cards[from] ?? { ...EMPTY_FILE, key: 0 };
    const typed = toLineFeeds(String(posted.get(`files.${from}.content`) ?? ''));
    const content = new Blob([card.text === '' ? typed : restoreLineEnds(typed, card.text)]);
    bytes += content.size;
    form.append(`files.${to}.name`, String(posted.get(`files.${from}.name`) ?? ''));
    form.append(`files.${to}.language`, String(posted.get(`files.${from}.language`) ?? ''));
    form.append(`files.${to}.content`, content, 'content');
  });
  return { form, kept, bytes };
}

function keptCards(posted: FormData, cards: readonly FileCard[]): number[] {
  const filled = cards
    .map((_, index) => index)
    .filter(
      (index) => posted.get(`files.${index}.name`) !== '' || posted.get(`files.${index}.content`) !== '',
    );
  return filled.length > 0 ? filled : [0];
}

/** Minutes from the browser's own time to UTC, on that day. */
function utcOffset(local: string): number {
  const day = new Date(local);
  return Number.isNaN(day.getTime()) ? 0 : day.getTimezoneOffset();
}

/** The file as text, byte for byte, or null if it is not text. */
export async function readTextFile(file: File): Promise<FileDraft | null> {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const text = decoder.decode(await file.arrayBuffer());
    return text.includes('\0') ? null : { ...EMPTY_FILE, name: file.name, text };
  } catch {
    return null;
  }
}
