import type { FieldError } from '../core/errors';
import { type DayOrder, isEmptyDay, readDay } from './calendar-day';
import { NO, restoreCell, YES } from './csv';
import { type Column, type ColumnKind, knownKind } from './csv-columns';
import type { Row } from './csv-rows';
import type { EntryFields, ImportEntry } from './import-entry';
import { MAX_CELL_LENGTH, MAX_GIVEN_VALUES } from './import-limits';
import {
  addsWords,
  type ContactName,
  joinParts,
  oneLine,
  splitName,
  splitWords,
  toContactName,
} from './name-parts';

/** Google's separator of several values in one cell. */
const SEPARATOR = ' ::: ';
const LABELS = / ::: |[;,]/;
const STARRED = /\bstarred\b/i;
/** Google's own groups. */
const GROUPS = /^\*? ?(?:mycontacts|starred)$/i;
const MAX_LABEL_LENGTH = 100;

/** "E-mail 2 - Value" is a value of "E-mail 2". */
const VALUE_COLUMN = /\s*-\s*(?:value|formatted)$/i;

/** What the cells of the rows of a table mean. */
export interface Layout {
  header: readonly string[];
  columns: readonly Column[];
  places: ReadonlyMap<ColumnKind, readonly number[]>;
  isOwn: boolean;
  order: DayOrder;
}

/** The filled cells of a row by the kinds of their columns. */
class Cells {
  readonly layout: Layout;
  readonly #cells: readonly string[];

  constructor(row: Row, layout: Layout) {
    this.layout = layout;
    this.#cells = layout.isOwn ? row.cells.map(restoreCell) : row.cells;
  }

  at(place: number): string {
    return this.#cells[place] ?? '';
  }

  /** The places of the filled cells, the primary one first. */
  places(kind: ColumnKind): number[] {
    return (this.layout.places.get(kind) ?? []).filter((place) => this.at(place).trim() !== '');
  }

  texts(kind: ColumnKind): string[] {
    return this.places(kind).map((place) => this.at(place));
  }

  text(kind: ColumnKind): string {
    return this.texts(kind)[0] ?? '';
  }

  /** The cells after those of the header. */
  surplus(): string[] {
    return this.#cells.slice(this.layout.header.length).filter((cell) => cell.trim() !== '');
  }
}

export function toEntry(row: Row, layout: Layout): ImportEntry {
  const cells = new Cells(row, layout);
  const fields = toFields(cells);
  const faults: FieldError[] = [];
  for (const [path, column] of [
    ['email', 'emails'],
    ['phone', 'phones'],
  ] as const) {
    const isCut = cells.texts(path).some((text) => text.length > MAX_CELL_LENGTH);
    if (!isCut && fields[column].length <= MAX_GIVEN_VALUES) continue;
    faults.push({ path, message: 'contact_values_refused' });
    fields[column] = [];
  }
  return { line: row.line, fields, faults };
}

function toFields(cells: Cells): EntryFields {
  const favorite = cells.text('favorite').trim().toLowerCase();
  const labels = cells.texts('labels').flatMap((cell) => cell.slice(0, MAX_CELL_LENGTH).split(LABELS));
  const groups = labels.map((label) => label.trim()).filter((label) => label !== '' && !GROUPS.test(label));
  const isStarred = favorite === YES || [favorite, ...labels].some((label) => STARRED.test(label));
  const { birthday, oddDays } = readBirthday(cells);
  const { name, source, extras } = readName(cells);
  const lines = [
    ...extras,
    ...oddDays.map((day) => `Birthday: ${day}`),
    ...(groups.length === 0 ? [] : [`Labels: ${groups.join(', ')}`]),
    ...otherCells(cells, { name, source }),
  ];
  return {
    ...name,
    emails: cells.texts('email').flatMap(splitEmails),
    phones: cells.texts('phone').flatMap((cell) => cell.split(SEPARATOR)),
    birthday,
    info: ownNotes(cells),
    favorite: favorite === NO ? false : isStarred || undefined,
    extras: lines.length === 0 ? undefined : lines,
  };
}

/** Some programs separate addresses by commas or semicolons. */
function splitEmails(cell: string): string[] {
  const texts = cell.split(SEPARATOR);
  return texts.flatMap((text) => (text.indexOf('@') === text.lastIndexOf('@') ? text : text.split(/[;,]/)));
}

/** The birthday, and what is not a date in its columns. */
function readBirthday(cells: Cells): { birthday: string | undefined; oddDays: string[] } {
  const parts = (['birth_year', 'birth_month', 'birth_day'] as const).map((kind) => cells.text(kind));
  const given = [...cells.texts('birthday'), joinParts(parts, '-')].map(oneLine);
  const [first = '', ...others] = given.filter((text) => text !== '' && !isEmptyDay(text));
  const birthday = readDay(first, cells.layout.order);
  const odd = [birthday === undefined ? first : '', ...others];
  return { birthday, oddDays: odd.filter((text) => text !== '') };
}

interface RowName {
  name: Pick<ContactName, 'first_name' | 'last_name'>;
  /** The column of a whole name, a company or a nickname that is the name; -1 if there are columns for its parts. */
  source: number;
  extras: string[];
}

function readName(cells: Cells): RowName {
  const [given, family] = [cells.text('first_name'), cells.text('last_name')];
  if (cells.layout.isOwn) return { name: { first_name: given, last_name: family }, source: -1, extras: [] };
  const { prefix, middle, suffix } = {
    prefix: cells.text('prefix'),
    middle: cells.text('middle_name'),
    suffix: cells.text('suffix'),
  };
  const structured = toContactName({ prefix, given, middle, family, suffix });
  if (structured) {
    const { extras, ...name } = structured;
    return { name, source: -1, extras };
  }
  const [whole] = cells.places('name');
  const source = whole ?? cells.places('nickname')[0] ?? cells.places('company')[0] ?? -1;
  const text = cells.at(source);
  const { extras, ...name } = source === whole ? splitName(text) : splitWords(text);
  const first_name = joinParts([prefix, name.first_name]);
  return { name: { first_name, last_name: joinParts([name.last_name, suffix]) }, source, extras };
}

/** The cells of columns for notes. */
function ownNotes(cells: Cells): string {
  const { header } = cells.layout;
  const places = cells.places('notes').filter((place) => isNotesHeader(header[place]));
  return places.map((place) => cells.at(place)).join('\n');
}

function isNotesHeader(header = ''): boolean {
  return header === '' || knownKind(header)?.kind === 'notes';
}

/** Lines for the notes with the cells that no field has. */
function otherCells(cells: Cells, { name, source }: Pick<RowName, 'name' | 'source'>): string[] {
  const { columns, header } = cells.layout;
  const lines: string[] = [];
  for (const [place, { kind }] of columns.entries()) {
    const text = oneLine(cells.at(place).slice(0, MAX_CELL_LENGTH));
    if (text === '' || place === source || !isLeft(cells, { place, kind, name, text })) continue;
    lines.push(
      labelled(header, { place, kind, label: oneLine(cells.at(labelPlace(columns, place))) }) + text,
    );
  }
  return [...lines, ...cells.surplus().map((text) => oneLine(text.slice(0, MAX_CELL_LENGTH)))];
}

interface LeftCell extends Pick<RowName, 'name'> {
  place: number;
  kind: ColumnKind;
  text: string;
}

function isLeft(cells: Cells, { place, kind, name, text }: LeftCell): boolean {
  switch (kind) {
    case 'company':
    case 'nickname':
      return true;
    case 'notes':
      return !isNotesHeader(cells.layout.header[place]);
    case 'name':
      return addsWords(text, name);
    case 'first_name':
    case 'middle_name':
    case 'last_name':
    case 'prefix':
    case 'suffix':
      return cells.places(kind)[0] !== place && addsWords(text, name);
    default:
      return false;
  }
}

/** The column with the kind of a value, which Google writes before it. */
function labelPlace(columns: readonly Column[], place: number): number {
  return columns[place - 1]?.kind === 'value_label' ? place - 1 : -1;
}

/** "Website 1 (Blog): ". */
function labelled(
  header: readonly string[],
  { place, kind, label }: { place: number; kind: ColumnKind; label: string },
): string {
  const name = (header[place] ?? '').replace(VALUE_COLUMN, '') || kind;
  const shown = label.replace(/^\*\s*/, '').slice(0, MAX_LABEL_LENGTH);
  return shown === '' ? `${name}: ` : `${name} (${shown}): `;
}
