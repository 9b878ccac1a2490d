import type { SlicedTask } from '../core/time-slicing';
import { guessDayOrder } from './calendar-day';
import { type ImportEntry, nameOfEntry } from './import-entry';
import type { ImportOptions, ImportProblem, ImportReading } from './import-reading';
import { type Card, readCards } from './vcard-cards';
import { toEntry } from './vcard-entry';

/** Lines before the first card are ignored: comments, and what a mail program adds. */
const FIRST_CARD = /^(?:[^\n]{0,200}\n){0,5}[\uFEFF\t ]*BEGIN:VCARD/i;

/** Whether a text starts with a vCard, after some other lines at most. */
export function isVcard(text: string): boolean {
  return FIRST_CARD.test(text.slice(0, 4_096).replace(/\r\n?/g, '\n').trimStart());
}

export type VcardReading = Pick<ImportReading, 'datesAmbiguous' | 'entries' | 'problems'>;

/** The entries of a file of vCards, versions 2.1 to 4.0. Unknown content is ignored. */
export function* readVcards(text: string, options: ImportOptions = {}): SlicedTask<VcardReading> {
  const { cards, isCutOff } = yield* readCards(text, options);
  const guess = yield* guessDayOrder(birthdaysOf(cards));
  const entries: ImportEntry[] = [];
  const problems: ImportProblem[] = [];
  for (const card of cards) {
    const entry = yield* toEntry(card, options.dateOrder ?? guess.order);
    entries.push(entry);
    const { line } = card;
    const name = nameOfEntry(entry);
    const isGuessed = [...card.properties.values()].some((several) => several.some((one) => one.isGuessed));
    if (isGuessed) problems.push({ line, name, reason: 'encoding_guessed' });
    if (isCutOff && card === cards.at(-1)) problems.push({ line, name, reason: 'cut_off' });
    yield;
  }
  return { entries, problems, datesAmbiguous: guess.isAmbiguous };
}

function* birthdaysOf(cards: readonly Card[]): Generator<string> {
  for (const { properties } of cards) {
    for (const { value } of properties.get('BDAY') ?? []) yield value;
  }
}
