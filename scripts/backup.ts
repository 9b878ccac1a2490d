import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BackupSummary, createBackup } from '../lib/backup/create-backup';
import { hasJobRuns, recordJobRun } from '../lib/core/job-runs';
import { openStore } from '../lib/storage/blob-store';
import { connect } from '../prisma/locked-transaction';
import { explainFailure, formatBytes, formatSeconds, readVersion, resolveArgument } from './backup-command';
import {
  openDatabase,
  parseSettings,
  readSettings,
  runCommand,
  type Settings,
  StartError,
} from './environment';
import { readSecretsFile } from './secrets';

const USAGE =
  'Use `npm run backup -- [FILE or FOLDER] [--recipient age1…] [--secrets]`. --recipient encrypts the backup, and may be given more than once; --secrets puts the generated secrets into one that is not encrypted.';

interface Arguments {
  target: string | undefined;
  recipients: string[];
  withSecrets: boolean;
}

async function run(): Promise<void> {
  const { target, recipients, withSecrets } = readArguments();
  const startedAt = performance.now();
  const settings = await readSettings();
  const file = await chooseFile(target, { settings, isEncrypted: recipients.length > 0 });
  const own = await readSecretsFile(settings.dataFolder);
  const secrets = withSecrets || recipients.length > 0 ? own : null;
  const summary = await backUp(settings, { file, recipients, secrets });
  console.log(`${file} is complete: ${formatBytes(summary.size)} in ${formatSeconds(startedAt)}.`);
  printSummary(summary);
  if (own !== null && secrets === null) {
    console.log(
      'The generated secrets are not part of it: without AUTH_SECRET, sessions end. See --secrets and --recipient.',
    );
  }
}

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { recipient: { type: 'string', multiple: true }, secrets: { type: 'boolean' } },
    });
    if (positionals.length > 1) throw new Error('one file');
    const { recipient = [], secrets = false } = values;
    return { target: positionals[0], recipients: recipient, withSecrets: secrets };
  } catch (error) {
    throw new StartError(USAGE, { cause: error });
  }
}

/** A file that is named is used; in a folder, and by default in `DATA_DIR/backups`, it is named after the time. */
async function chooseFile(
  target: string | undefined,
  { settings, isEncrypted }: { settings: Settings; isEncrypted: boolean },
): Promise<string> {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const name = `sheaf-${time}Z.tar${isEncrypted ? '.age' : ''}`;
  if (target === undefined) {
    const folder = join(settings.dataFolder, 'backups');
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o700);
    return join(folder, name);
  }
  const path = resolveArgument(target);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(path, name) : path;
}

async function backUp(
  settings: Settings,
  options: { file: string; recipients: string[]; secrets: string | null },
): Promise<BackupSummary> {
  const database = await openDatabase(settings);
  try {
    const client = await connect(database.url).catch((error: Error) => {
      throw new StartError(error.message, { cause: error });
    });
    try {
      const store = openStore(parseSettings(settings));
      const summary = await createBackup({ ...options, client, store, version: await readVersion() });
      if (await hasJobRuns(client)) await recordJobRun(client, 'backup', new Date(summary.created_at));
      return summary;
    } finally {
      await client.end();
    }
  } finally {
    await database.release();
  }
}

function printSummary({ tables, bodies, left_out: leftOut }: BackupSummary): void {
  for (const [name, { rows }] of Object.entries(tables)) {
    if (rows > 0) console.log(`  ${name.padEnd(20)}${String(rows).padStart(10)} rows`);
  }
  console.log(`  ${'bodies'.padEnd(20)}${String(bodies.count).padStart(10)}, ${formatBytes(bodies.bytes)}`);
  const { deleted, damaged, avatars } = leftOut;
  if (deleted.length > 0) console.log(`Left out, deleted during the backup: ${deleted.join(', ')}.`);
  if (damaged.length > 0) {
    console.error(`Left out, because a text is missing or damaged in the store: ${damaged.join(', ')}.`);
  }
  if (avatars.length > 0)
    console.error(`The avatars of these accounts are missing in the store: ${avatars.join(', ')}.`);
}

await runCommand(() =>
  run().catch((error: unknown) => {
    throw explainFailure(error);
  }),
);
