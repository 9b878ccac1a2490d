import Papa from 'papaparse';
import type { WrittenContact } from './vcard';

const HEADER = ['First name', 'Last name', 'Email', 'Phone', 'Birthday', 'Info', 'Favorite'];
/** How many of its columns show that a table was exported here, and perhaps edited in a spreadsheet. */
const OWN_COLUMNS = 4;
export const YES = 'yes';
export const NO = 'no';

/**
 * The start of a cell that a spreadsheet would evaluate as a formula, with or without escaping apostrophes; also
 * after characters that some spreadsheets take for the end of a cell.
 */
const FORMULA = /(^|[;\t])(?='*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/g;
const NEUTRALISED = /(^|[;\t])'(?='*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/g;
const BOM = '\uFEFF';

/** The header row, after a BOM by which spreadsheets recognise UTF-8. */
export const CSV_HEADER = `${BOM}${writeRow(HEADER)}`;

/** One row. An apostrophe before a formula stops spreadsheets from evaluating it. */
export function writeCsvRow(contact: WrittenContact): string {
  const { first_name, last_name, email, phone, birthday, info, favorite } = contact;
  const cells = [first_name, last_name, email ?? '', phone ?? '', birthday ?? '', info, favorite ? YES : NO];
  return writeRow(cells.map((cell) => cell.replace(FORMULA, "$1'")));
}

function writeRow(cells: readonly string[]): string {
  return `${Papa.unparse([cells])}\r\n`;
}

/** Whether Sheaf exported the table with this header. */
export function isOwnHeader(names: readonly string[]): boolean {
  return names.includes('Info') && names.filter((name) => HEADER.includes(name)).length >= OWN_COLUMNS;
}

/** A cell of an exported table without the apostrophes that were added to it. */
export function restoreCell(cell: string): string {
  return cell.replace(NEUTRALISED, '$1');
}
