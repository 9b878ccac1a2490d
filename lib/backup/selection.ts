import pg from 'pg';
import { type Catalog, type ForeignKey, quote, type Table } from './tables';

/** What is left out of a backup beside `NOT_BACKED_UP`. */
export interface LeftOut {
  /** Ids of pastes of which a body is not in the store. */
  pastes: readonly string[];
  /** Keys of avatars that are not in the store. */
  avatars: readonly string[];
}

/** Only of live pastes that do not burn; a column that an earlier migration does not have restricts nothing. */
const OF_LIVE_PASTES: Record<string, (column: string) => string> = {
  burn_after: (column) => `${column} IS NULL`,
  deleted_at: (column) => `${column} IS NULL`,
  expires_at: (column) => `(${column} IS NULL OR ${column} > now())`,
};

/**
 * The SQL that selects what is backed up. A row that names a paste which is left out is left out as well, in every
 * table, or loses the name, as its foreign key says for a deleted paste.
 */
export class Selection {
  constructor(
    readonly catalog: Catalog,
    readonly leftOut: LeftOut = { pastes: [], avatars: [] },
  ) {}

  /** Selects each row as one JSON object with the values as text, as column `row`. */
  rowsOf(table: Table): string {
    const values = table.columns.map(({ name }) => `(${this.#valueOf(table, name)})::text AS ${quote(name)}`);
    return `SELECT row_to_json(kept)::text AS row FROM (
      SELECT ${values.join(', ')} FROM ${quote(table.name)} AS t0 WHERE ${this.conditionOn(table.name)}
    ) AS kept`;
  }

  /** The condition for rows of a table, whose alias is `t` with this number. */
  conditionOn(table: string, depth = 0): string {
    const alias = `t${depth}`;
    const required = this.#keysThatMatter(table).filter(({ setsNull }) => !setsNull);
    const conditions = [
      ...(table === 'pastes' ? this.#conditionsOnPastes(alias) : []),
      ...required.map((key) => `(${isNull(key, alias)} OR ${this.#targetIsKept(key, depth)})`),
    ];
    return conditions.join(' AND ') || 'true';
  }

  #valueOf(table: Table, column: string): string {
    const value = `t0.${quote(column)}`;
    const key = this.#keysThatMatter(table.name).find(
      ({ setsNull, columns }) => setsNull && columns.includes(column),
    );
    if (key) return `CASE WHEN ${this.#targetIsKept(key, 0)} THEN ${value} END`;
    const { avatars } = this.leftOut;
    if (table.name !== 'users' || column !== 'image' || avatars.length === 0) return value;
    return `CASE WHEN NOT ${value} = ANY (${arrayOf(avatars)}::text[]) THEN ${value} END`;
  }

  #conditionsOnPastes(alias: string): string[] {
    const columns = this.catalog.tables.find(({ name }) => name === 'pastes')?.columns ?? [];
    const conditions = columns.flatMap(({ name }) => OF_LIVE_PASTES[name]?.(`${alias}.${quote(name)}`) ?? []);
    const { pastes } = this.leftOut;
    return pastes.length === 0
      ? conditions
      : [...conditions, `${alias}.id <> ALL (${arrayOf(pastes)}::uuid[])`];
  }

  #targetIsKept(key: ForeignKey, depth: number): string {
    const own = `t${depth}`;
    const other = `t${depth + 1}`;
    const pairs = key.columns.map(
      (column, index) => `${other}.${quote(key.targetColumns[index] ?? '')} = ${own}.${quote(column)}`,
    );
    const conditions = [...pairs, this.conditionOn(key.target, depth + 1)];
    return `EXISTS (SELECT 1 FROM ${quote(key.target)} AS ${other} WHERE ${conditions.join(' AND ')})`;
  }

  /** Foreign keys to tables of which rows are left out. */
  #keysThatMatter(table: string): ForeignKey[] {
    return this.catalog.foreignKeys.filter(
      (key) => key.table === table && this.#isRestricted(key.target, [table]),
    );
  }

  #isRestricted(table: string, seen: readonly string[]): boolean {
    if (table === 'pastes') return !seen.includes('pastes');
    if (seen.includes(table)) return false;
    const keys = this.catalog.foreignKeys.filter((key) => key.table === table && !key.setsNull);
    return keys.some(({ target }) => this.#isRestricted(target, [...seen, table]));
  }
}

function isNull({ columns }: ForeignKey, alias: string): string {
  return columns.map((column) => `${alias}.${quote(column)} IS NULL`).join(' OR ');
}

function arrayOf(values: readonly string[]): string {
  return pg.escapeLiteral(`{${values.join(',')}}`);
}
