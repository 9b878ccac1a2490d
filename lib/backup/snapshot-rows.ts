import type pg from 'pg';
import { ROWS_BYTES } from './format';

const MOST_ROWS = 1_000;

/**
 * The rows of a statement in groups of at most `ROWS_BYTES`, or of one larger row. They are read through a cursor in
 * the transaction of the client, so that memory holds one group.
 * @param sql selects one column, `row`, of type text
 */
export async function* readInGroups(client: pg.ClientBase, sql: string): AsyncGenerator<string[]> {
  const { rows: sizes } = await client.query<{ largest: number | null }>(
    `SELECT max(octet_length(row)) AS largest FROM (${sql}) AS rows`,
  );
  const largest = sizes[0]?.largest ?? null;
  if (largest === null) return;
  const count = Math.min(MOST_ROWS, Math.max(1, Math.floor(ROWS_BYTES / (largest + 1))));
  for await (const rows of readThroughCursor<{ row: string }>(client, { sql, count })) {
    yield rows.map(({ row }) => row);
  }
}

/** The rows of a statement, `count` at a time. One at a time for each transaction. */
export async function* readThroughCursor<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  { sql, count }: { sql: string; count: number },
): AsyncGenerator<Row[]> {
  await client.query(`DECLARE backup_rows NO SCROLL CURSOR FOR ${sql}`);
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${count} FROM backup_rows`);
    if (rows.length > 0) yield rows;
    if (rows.length < count) break;
  }
  await client.query('CLOSE backup_rows');
}
