import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('migrations', import.meta.url));

/** Comments, strings, quoted names and the bodies of functions. */
const QUOTED =
  /--.*|\/\*[\s\S]*?\*\/|\bE'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1/gi;
const TRANSACTION_CONTROL =
  /^(?:BEGIN|START\s+TRANSACTION|COMMIT|END|ABORT|ROLLBACK(?!\s+TO)|PREPARE\s+TRANSACTION|VACUUM)\b/i;
/** Unlike others, `REFRESH MATERIALIZED VIEW CONCURRENTLY` can run in a transaction. */
const CONCURRENTLY = /^(?!REFRESH\b)[\s\S]*\bCONCURRENTLY\b/i;

export interface Migration {
  /** Name of its folder. It begins with a date: migrations are applied in the order of their names. */
  name: string;
  script: string;
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      script: await readFile(join(folder, name, 'migration.sql'), 'utf8'),
    })),
  );
}

/** The checksum that Prisma stores: SHA-256 of the file, in hexadecimal. */
export function checksumOf(script: string): string {
  return createHash('sha256').update(script).digest('hex');
}

/** Whether a script has this checksum. Line endings may differ, as for Prisma. */
export function matchesChecksum(script: string, checksum: string): boolean {
  const unix = script.replaceAll('\r\n', '\n');
  return [script, unix, unix.replaceAll('\n', '\r\n')].some((text) => checksumOf(text) === checksum);
}

/** The first words of a statement that cannot run in a transaction; null if there is none. */
export function findNonTransactional(script: string): string | null {
  for (const statement of script.replace(QUOTED, ' ').split(';')) {
    const text = statement.trim();
    const match = TRANSACTION_CONTROL.exec(text) ?? CONCURRENTLY.exec(text);
    if (match) return match[0].replace(/\s+/g, ' ');
  }
  return null;
}
