import { readdir } from 'node:fs/promises';
import pg from 'pg';

/** Runs one statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  databaseUrl: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** How much is stored, of everything that a create leaves behind. */
export async function countRows(databaseUrl: string): Promise<Record<string, number>> {
  const [row = {}] = await query<Record<string, number>>(
    databaseUrl,
    `select (select count(*)::int from pastes) as pastes, (select count(*)::int from revisions) as revisions,
       (select count(*)::int from files) as files`,
  );
  return row;
}

/** Every row of every table, as text. */
export async function readEverything(databaseUrl: string): Promise<string> {
  const tables = await query<{ name: string }>(
    databaseUrl,
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await query<{ line: string }>(databaseUrl, `select t::text as line from ${name} t`);
    texts.push(...rows.map((row) => row.line));
  }
  return texts.join('\n');
}

/** The storage keys of the bodies of a paste, in all its revisions. */
export async function listBodyKeys(databaseUrl: string, slug: string): Promise<string[]> {
  const rows = await query<{ key: string }>(
    databaseUrl,
    `select f.blob_key as key from files f join revisions r on r.id = f.revision_id
     join pastes p on p.id = r.paste_id where p.slug = $1`,
    [slug],
  );
  return rows.map(({ key }) => key);
}

/** Everything that a create leaves behind, one line each: rows by their id, bodies by their path. */
export async function listStored(databaseUrl: string, blobFolder: string | null): Promise<string[]> {
  const rows = await query<{ line: string }>(
    databaseUrl,
    `select 'paste ' || id as line from pastes union all select 'revision ' || id from revisions
     union all select 'file ' || id from files`,
  );
  return [...rows.map(({ line }) => line), ...(blobFolder === null ? [] : await listBlobs(blobFolder))];
}

/** What is in the second of two such lists only. Lines may be missing there: the service removes what has expired. */
export function addedSince(before: readonly string[], after: readonly string[]): string[] {
  const known = new Set(before);
  return after.filter((line) => !known.has(line));
}

/** The names of all files in the blob folder. */
export async function listBlobs(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort();
}

/** So that no relative time changes between two requests. */
export async function makePastesOlder(databaseUrl: string): Promise<void> {
  await query(
    databaseUrl,
    `update pastes set created_at = created_at - interval '100 minutes',
       updated_at = updated_at - interval '100 minutes' where created_at > now() - interval '90 minutes'`,
    [],
  );
}
