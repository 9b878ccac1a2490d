import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type Catalog, type Column, quote, readCatalog, type Table } from '@/lib/backup/tables';
import { newBlobKey } from '@/lib/storage/blob-key';
import type { BlobStore } from '@/lib/storage/store';

/** Characters that a file format may get wrong. */
const TEXT = 'tab\t, line\r\n, "quotes", \\N, {a,b}, \u2028, \u0001, 😀, e\u0301, ё';

const SAMPLES: Record<string, (row: number) => unknown> = {
  uuid: (row) => `00000000-0000-7000-8000-${String(row).padStart(12, '0')}`,
  text: (row) => `${TEXT} ${row}`,
  'character varying': (row) => `${TEXT} ${row}`,
  integer: (row) => 2_147_483_647 - row,
  smallint: (row) => -32_768 + row,
  bigint: (row) => String(9_223_372_036_854_775_807n - BigInt(row)),
  boolean: (row) => row % 2 === 0,
  date: (row) => `0044-03-1${row} BC`,
  'timestamp with time zone': (row) => `1999-12-31 23:59:5${row}.123+05:30`,
  bytea: (row) => Buffer.from([row, ...Array(256).keys()]),
  jsonb: (row) => (row === 1 ? 'null' : JSON.stringify({ text: TEXT, list: [1, null, { deep: true }] })),
};

/** Rows in every table, two of each, with values that are hard to copy and bodies that are in the store. */
export async function fillTables(client: pg.ClientBase, store: BlobStore): Promise<void> {
  const catalog = await readCatalog(client);
  const tables = catalog.tables.filter(({ name }) => name !== '_prisma_migrations');
  for (const table of inOrder(tables, catalog)) {
    for (const row of [1, 2]) {
      const special = await specialValues(table.name, { row, store });
      const values: unknown[] = [];
      for (const column of table.columns) {
        const value = Object.hasOwn(special, column.name)
          ? special[column.name]
          : await referencedValue(client, { catalog, table, column, row });
        values.push(value === undefined ? await sampleOf(client, column, row) : value);
      }
      const names = table.columns.map(({ name }) => quote(name));
      const places = table.columns.map(({ type }, index) => `$${index + 1}::${type}`);
      await client.query(
        `INSERT INTO ${quote(table.name)} (${names.join(', ')}) OVERRIDING SYSTEM VALUE VALUES (${places.join(', ')})`,
        values,
      );
    }
  }
}

/** Every row of every table as text, by table. */
export async function readTables(client: pg.ClientBase): Promise<Record<string, string[]>> {
  const { tables } = await readCatalog(client);
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(
      `SELECT t::text AS row FROM ${quote(name)} t ORDER BY 1`,
    );
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

async function specialValues(
  table: string,
  { row, store }: { row: number; store: BlobStore },
): Promise<Record<string, unknown>> {
  if (table === 'pastes') return { burn_after: null, deleted_at: null, expires_at: null };
  if (table !== 'files' && table !== 'users') return {};
  const [key, body] = [newBlobKey(), Buffer.from(`${TEXT} ${table} ${row}`)];
  await store.put(key, body);
  if (table === 'users') return { image: key };
  return { blob_key: key, sha256: createHash('sha256').update(body).digest() };
}

/** Tables after those that their foreign keys name. */
function inOrder(tables: readonly Table[], { foreignKeys }: Catalog): Table[] {
  const ordered: Table[] = [];
  while (ordered.length < tables.length) {
    const next = tables.find(
      (table) =>
        !ordered.includes(table) &&
        foreignKeys.every(
          (key) =>
            key.table !== table.name ||
            key.target === table.name ||
            ordered.some(({ name }) => name === key.target),
        ),
    );
    if (!next) throw new Error('Foreign keys form a circle.');
    ordered.push(next);
  }
  return ordered;
}

async function referencedValue(
  client: pg.ClientBase,
  options: { catalog: Catalog; table: Table; column: Column; row: number },
): Promise<unknown> {
  const { catalog, table, column, row } = options;
  const key = catalog.foreignKeys.find(
    (one) => one.table === table.name && one.columns.includes(column.name),
  );
  if (!key) return undefined;
  const name = quote(key.targetColumns[key.columns.indexOf(column.name)] ?? '');
  const { rows } = await client.query<{ value: string }>(
    `SELECT ${name}::text AS value FROM ${quote(key.target)} ORDER BY 1 LIMIT 1 OFFSET $1`,
    [row - 1],
  );
  return rows[0]?.value ?? null;
}

async function sampleOf(client: pg.ClientBase, { type }: Column, row: number): Promise<unknown> {
  const base = type.replace(/\(\d+\)/, '').replace(/\[\]$/, '');
  if (type.startsWith('"')) {
    const { rows } = await client.query<{ label: string }>(
      `SELECT unnest(enum_range(NULL::${type}))::text AS label ORDER BY 1 DESC LIMIT 1`,
    );
    return rows[0]?.label;
  }
  const sample = SAMPLES[base];
  if (!sample) throw new Error(`There is no sample of the type ${type}.`);
  return type.endsWith('[]') ? [sample(row), null, sample(row + 1)] : sample(row);
}
