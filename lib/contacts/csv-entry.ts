import type { FieldError } from '../core/errors';
import { type SlicedTask, Stride } from '../core/time-slicing';
import { type DayOrder, isEmptyDay, readDay } from './calendar-day';
import { NO, restoreCell, YES } from './csv';
import { type Column, type ColumnKind, knownKind } from './csv-columns';
import type { Row } from './csv-rows';
import type { EntryFields, ImportEntry } from './import-entry';
import { MAX_CELL_LENGTH, MAX_GIVEN_VALUES, MAX_READ_NAME } from './import-limits';
import {
  type ContactName,
  joinParts,
  noteLine,
  splitName,
  splitWords,
  toContactName,
  wordsBeyond,
} from './name-parts';
import { SURELY_TOO_LONG } from './notes';

/** Google's separator of several values in one cell. */
const SEPARATOR = ' ::: ';
const LABELS = / ::: |[;,]/;
const STARRED = /\bstarred\b/i;
/** Google's own groups. */
const GROUPS = /^\*? ?(?:mycontacts|starred)$/i;
const MAX_LABEL_LENGTH = 100;

/** A column with what is computed from its header once. */
interface LayoutColumn extends Column {
  /** Before its cells in the notes. */
  label: string;
  /** Whether its cells go to the notes without a label. */
  isNotes: boolean;
}

/** What the cells of the rows of a table mean. */
export interface Layout {
  columns: readonly LayoutColumn[];
  isOwn: boolean;
  order: DayOrder;
}

/** @param header the names of the columns, empty if there are none */
export function toLayout(
  header: readonly string[],
  { columns, ...options }: Omit<Layout, 'columns'> & { columns: readonly Column[] },
): Layout {
  const described = columns.map((column, place): LayoutColumn => {
    const name = header[place] ?? '';
    return {
      ...column,
      label: withoutValue(name).slice(0, SURELY_TOO_LONG + 1) || column.kind,
      isNotes: name === '' || knownKind(name)?.kind === 'notes',
    };
  });
  return { columns: described, ...options };
}

/** "E-mail 2 - Value" is a value of "E-mail 2". */
function withoutValue(header: string): string {
  const before = header.replace(/(?:value|formatted)$/i, '').trimEnd();
  return before.length < header.length && before.endsWith('-') ? before.slice(0, -1).trimEnd() : header;
}

/** The filled cells of a row by the kinds of their columns. */
interface Cells extends Layout {
  /** All cells. */
  texts: readonly string[];
  /** The places of the filled cells. */
  filled: readonly number[];
  /** The same by kind, the primary one first. */
  byKind: ReadonlyMap<ColumnKind, readonly number[]>;
}

function* readCells(row: Row, layout: Layout): SlicedTask<Cells> {
  const stride = new Stride();
  const { columns, isOwn } = layout;
  const texts: string[] = [];
  const filled: number[] = [];
  const byKind = new Map<ColumnKind, number[]>();
  for (const [place, cell] of row.cells.entries()) {
    const text = isOwn ? restoreCell(cell) : cell;
    texts.push(text);
    if (stride.isOver(cell.length)) yield;
    if (text.trim() === '') continue;
    filled.push(place);
    const column = columns[place];
    if (!column) continue;
    const alike = byKind.get(column.kind);
    if (alike) alike.push(place);
    else byKind.set(column.kind, [place]);
  }
  const rankOf = (place: number) => columns[place]?.rank ?? 0;
  for (const places of byKind.values()) places.sort((one, other) => rankOf(one) - rankOf(other));
  return { ...layout, texts, filled, byKind };
}

function textAt({ texts }: Cells, place: number): string {
  return texts[place] ?? '';
}

function textsOf(cells: Cells, kind: ColumnKind): string[] {
  return (cells.byKind.get(kind) ?? []).map((place) => textAt(cells, place));
}

/** The primary one. */
function placeOf({ byKind }: Cells, kind: ColumnKind): number | undefined {
  return byKind.get(kind)?.[0];
}

function textOf(cells: Cells, kind: ColumnKind): string {
  return textAt(cells, placeOf(cells, kind) ?? -1);
}

export function* toEntry(row: Row, layout: Layout): SlicedTask<ImportEntry> {
  const cells = yield* readCells(row, layout);
  const fields = yield* toFields(cells);
  const faults: FieldError[] = [];
  for (const [path, column] of [
    ['email', 'emails'],
    ['phone', 'phones'],
  ] as const) {
    const isCut = textsOf(cells, path).some((text) => text.length > MAX_CELL_LENGTH);
    if (!isCut && fields[column].length <= MAX_GIVEN_VALUES) continue;
    faults.push({ path, message: 'contact_values_refused' });
    fields[column] = [];
  }
  return { line: row.line, fields, faults };
}

function* toFields(cells: Cells): SlicedTask<EntryFields> {
  const favorite = textOf(cells, 'favorite').trim().toLowerCase();
  const labels = yield* splitCells(textsOf(cells, 'labels'), splitLabels);
  const groups = labels.map((label) => label.trim()).filter((label) => label !== '' && !GROUPS.test(label));
  const isStarred = favorite === YES || [favorite, ...labels].some((label) => STARRED.test(label));
  yield;
  const { birthday, oddDays } = yield* readBirthday(cells);
  const { name, source, extras } = readName(cells);
  yield;
  const lines = [
    ...extras,
    ...oddDays.map((day) => `Birthday: ${day}`),
    ...(groups.length === 0 ? [] : [`Labels: ${groups.join(', ')}`.slice(0, SURELY_TOO_LONG + 1)]),
    ...(yield* otherCells(cells, { name, source })),
  ];
  return {
    ...name,
    emails: yield* splitCells(textsOf(cells, 'email'), splitEmails),
    phones: yield* splitCells(textsOf(cells, 'phone'), splitPhones),
    birthday,
    info: yield* ownNotes(cells),
    favorite: favorite === NO ? false : isStarred || undefined,
    extras: lines.length === 0 ? undefined : lines,
  };
}

/** The pieces of cells, up to one more than an entry may have. */
function* splitCells(
  texts: readonly string[],
  split: (text: string, max: number) => string[],
): SlicedTask<string[]> {
  const stride = new Stride();
  const pieces: string[] = [];
  for (const text of texts) {
    const left = MAX_GIVEN_VALUES + 1 - pieces.length;
    for (const piece of split(text, left).slice(0, left)) pieces.push(piece);
    if (pieces.length > MAX_GIVEN_VALUES) break;
    if (stride.isOver(text.length)) yield;
  }
  return pieces;
}

function splitLabels(cell: string, max: number): string[] {
  return cell.slice(0, MAX_CELL_LENGTH).split(LABELS, max);
}

/** Some programs separate addresses by commas or semicolons. */
function splitEmails(cell: string, max: number): string[] {
  const texts = cell.split(SEPARATOR, max);
  return texts.flatMap((text) =>
    text.indexOf('@') === text.lastIndexOf('@') ? text : text.split(/[;,]/, max),
  );
}

function splitPhones(cell: string, max: number): string[] {
  return cell.split(SEPARATOR, max);
}

/** The birthday, and what is not a date in its columns. */
function* readBirthday(cells: Cells): SlicedTask<{ birthday: string | undefined; oddDays: string[] }> {
  const stride = new Stride();
  const given: string[] = [];
  for (const text of textsOf(cells, 'birthday')) {
    given.push(noteLine(text));
    if (stride.isOver(text.length)) yield;
  }
  const parts = (['birth_year', 'birth_month', 'birth_day'] as const).map((kind) => textOf(cells, kind));
  given.push(noteLine(joinParts(parts, '-')));
  const [first = '', ...others] = given.filter((text) => text !== '' && !isEmptyDay(text));
  const birthday = readDay(first, cells.order);
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
  const read = (kind: ColumnKind) => textOf(cells, kind).slice(0, MAX_READ_NAME);
  const [given, family] = [read('first_name'), read('last_name')];
  if (cells.isOwn) return { name: { first_name: given, last_name: family }, source: -1, extras: [] };
  const [prefix, middle, suffix] = [read('prefix'), read('middle_name'), read('suffix')];
  const structured = toContactName({ prefix, given, middle, family, suffix });
  if (structured) {
    const { extras, ...name } = structured;
    return { name, source: -1, extras };
  }
  const whole = placeOf(cells, 'name');
  const source = whole ?? placeOf(cells, 'nickname') ?? placeOf(cells, 'company') ?? -1;
  const text = textAt(cells, source).slice(0, MAX_READ_NAME);
  const { extras, ...name } = source === whole ? splitName(text) : splitWords(text);
  const first_name = joinParts([prefix, name.first_name]);
  return { name: { first_name, last_name: joinParts([name.last_name, suffix]) }, source, extras };
}

/** The cells of columns for notes; stops once they are too long. */
function* ownNotes(cells: Cells): SlicedTask<string> {
  const stride = new Stride();
  const texts: string[] = [];
  let length = 0;
  for (const place of cells.byKind.get('notes') ?? []) {
    if (!cells.columns[place]?.isNotes) continue;
    const text = textAt(cells, place);
    texts.push(text);
    length += text.length;
    if (length > MAX_CELL_LENGTH) break;
    if (stride.isOver(text.length)) yield;
  }
  return texts.join('\n');
}

/** Lines for the notes with the cells that no field has, and with those after the columns. */
function* otherCells(cells: Cells, { name, source }: Pick<RowName, 'name' | 'source'>): SlicedTask<string[]> {
  const stride = new Stride();
  const adds = wordsBeyond(name);
  const lines: string[] = [];
  for (const place of cells.filled) {
    const given = textAt(cells, place);
    const text = noteLine(given);
    const column = cells.columns[place];
    if (stride.isOver(given.length)) yield;
    if (text === '' || place === source) continue;
    if (!column) lines.push(text);
    else if (isLeft(cells, { place, column, text, adds })) lines.push(labelOf(cells, place, column) + text);
  }
  return lines;
}

interface LeftCell {
  place: number;
  column: LayoutColumn;
  text: string;
  /** Whether a text has words that the name of the entry has not. */
  adds: (text: string) => boolean;
}

function isLeft(cells: Cells, { place, column: { kind, isNotes }, text, adds }: LeftCell): boolean {
  switch (kind) {
    case 'company':
    case 'nickname':
      return true;
    case 'notes':
      return !isNotes;
    case 'name':
      return adds(text);
    case 'first_name':
    case 'middle_name':
    case 'last_name':
    case 'prefix':
    case 'suffix':
      return placeOf(cells, kind) !== place && adds(text);
    default:
      return false;
  }
}

/** "Website 1 (Blog): ", of which Google writes the kind in the column before. */
function labelOf(cells: Cells, place: number, { label }: LayoutColumn): string {
  const isLabelled = cells.columns[place - 1]?.kind === 'value_label';
  const kind = isLabelled ? noteLine(textAt(cells, place - 1)) : '';
  const shown = kind.replace(/^\*\s*/, '').slice(0, MAX_LABEL_LENGTH);
  return shown === '' ? `${label}: ` : `${label} (${shown}): `;
}
