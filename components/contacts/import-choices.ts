import { textOf } from '@/components/actions/parse-fields';
import { hrefWith, type Query } from '@/components/page/query';
import {
  COLUMN_TARGETS,
  type ColumnTarget,
  IMPORT_ENCODINGS,
  type ImportOptions,
} from '@/lib/contacts/import-reading';

export const DATE_ORDERS = ['day_first', 'month_first'] as const;

const COLUMN_FIELD = /^c(\d{1,3})$/;

/** The form field of a column. */
export function columnField(index: number): string {
  return `c${index}`;
}

/** Reads the query of the preview's URL; what it does not know is ignored. */
export function readChoices(query: Query): ImportOptions {
  const fields = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return choicesOf(new Map(fields));
}

/** Reads the form of the preview. A field that is left as detected is empty. */
export function readChosen(form: FormData): ImportOptions {
  return choicesOf(new Map([...form.keys()].map((name) => [name, textOf(form, name)])));
}

function choicesOf(fields: ReadonlyMap<string, string>): ImportOptions {
  const targets = new Map<number, ColumnTarget>();
  for (const [name, value] of fields) {
    const index = COLUMN_FIELD.exec(name)?.[1];
    const target = COLUMN_TARGETS.find((one) => one === value);
    if (index !== undefined && target !== undefined) targets.set(Number(index), target);
  }
  return {
    encoding: IMPORT_ENCODINGS.find((label) => label === fields.get('encoding')),
    dateOrder: DATE_ORDERS.find((order) => order === fields.get('dates')),
    targets,
  };
}

/** The page of an import, with these choices in its query. */
export function previewHref(id: string, { encoding, dateOrder, targets }: ImportOptions = {}): string {
  const columns = [...(targets ?? [])].map(([index, target]) => [columnField(index), target]);
  return hrefWith(`/contacts/import/${id}`, { encoding, dates: dateOrder, ...Object.fromEntries(columns) });
}
