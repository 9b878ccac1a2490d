import pg from 'pg';
import { type Catalog, type ForeignKey, quote, type Table } from './tables';

/** What is left out of a backup beside `NOT_BACKED_UP`. */
export interface LeftOut {
  /** Ids of pastes of whose current revision a body is not in the store. */
  pastes: readonly string[];
  /** Ids of earlier revisions of other pastes, of which a body is not in the store. */
  revisions: readonly string[];
  /** Keys of avatars that are not in the store. */
  avatars: readonly string[];
}

const NOTHING: LeftOut = { pastes: [], revisions: [], avatars: [] };

/** Only of live pastes that do not burn; a column that an earlier migration does not have restricts nothing. */
const OF_LIVE_PASTES: Record<string, (column: string) => string> = {
  burn_after: (column) => `(${column} IS NULL)`,
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
    readonly leftOut: LeftOut = NOTHING,
  ) {}

  /** Selects each row as one JSON object with the values as text, as column `row`. */
  rowsOf(table: Table): string {
    const values = table.columns.map(({ name }) => `(${this.#valueOf(table, name)})::text AS ${quote(name)}`);
    return `SELECT row_to_json(kept)::text AS row FROM (
      SELECT ${values.join(', ')} FROM ${quote(table.name)} AS t0 WHERE ${this.conditionOn(table.name)}
    ) AS kept`;
  }

  /** Counts the live pastes that burn after reading, as `count`; null in a database of an earlier migration. */
  countOfBurning(): string | null {
    const { burn_after: burns, ...others } = this.#restrictionsOnPastes('t0');
    if (burns === undefined) return null;
    return `SELECT count(*)::int AS count FROM pastes AS t0
      WHERE ${[`NOT ${burns}`, ...Object.values(others)].join(' AND ')}`;
  }

  /** The condition for rows of a table, whose alias is `t` with this number. */
  conditionOn(table: string, depth = 0): string {
    const alias = `t${depth}`;
    const required = this.#keysThatMatter(table).filter(({ setsNull }) => !setsNull);
    const conditions = [
      ...(table === 'pastes' ? this.#conditionsOnPastes(alias) : []),
      ...(table === 'revisions' ? isNoneOf(this.leftOut.revisions, alias) : []),
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
    return [...Object.values(this.#restrictionsOnPastes(alias)), ...isNoneOf(this.leftOut.pastes, alias)];
  }

  /** Conditions, by the column. */
  #restrictionsOnPastes(alias: string): Record<string, string> {
    const columns = this.catalog.tables.find(({ name }) => name === 'pastes')?.columns ?? [];
    const restrictions = columns.flatMap(({ name }) => {
      const condition = OF_LIVE_PASTES[name]?.(`${alias}.${quote(name)}`);
      return condition === undefined ? [] : [[name, condition] as const];
    });
    return Object.fromEntries(restrictions);
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

function isNoneOf(ids: readonly string[], alias: string): string[] {
  return ids.length === 0 ? [] : [`${alias}.id <> ALL (${arrayOf(ids)}::uuid[])`];
}

function isNull({ columns }: ForeignKey, alias: string): string {
  return columns.map((column) => `${alias}.${quote(column)} IS NULL`).join(' OR ');
}

function arrayOf(values: readonly string[]): string {
  return pg.escapeLiteral(`{${values.join(',')}}`);
}
