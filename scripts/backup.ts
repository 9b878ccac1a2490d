import { parseArgs } from 'node:util';
import { type BackupSummary, createBackup } from '../lib/backup/create-backup';
import { recordBackup } from '../lib/backup/record-backup';
import { openStore } from '../lib/storage/blob-store';
import {
  explainFailure,
  formatBytes,
  formatSeconds,
  readVersion,
  resolveArgument,
  withConnection,
} from './backup-command';
import { chooseFile } from './backup-target';
import { parseSettings, readSettings, runCommand, type Settings, StartError } from './environment';
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
  const { dataFolder } = settings;
  const isEncrypted = recipients.length > 0;
  const path = target === undefined ? undefined : resolveArgument(target);
  const file = await chooseFile(path, { dataFolder, isEncrypted });
  const own = await readSecretsFile(dataFolder);
  const secrets = withSecrets || isEncrypted ? own : null;
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

function backUp(
  settings: Settings,
  options: { file: string; recipients: string[]; secrets: string | null },
): Promise<BackupSummary> {
  return withConnection(settings, async (client) => {
    const store = openStore(parseSettings(settings));
    const summary = await createBackup({ ...options, client, store, version: await readVersion() });
    const reason = await recordBackup(client, new Date(summary.created_at));
    if (reason !== null) console.warn(`npm run doctor will not know of this backup: ${reason}.`);
    return summary;
  });
}

function printSummary({ tables, bodies, left_out: leftOut }: BackupSummary): void {
  for (const [name, { rows }] of Object.entries(tables)) {
    if (rows > 0) console.log(`  ${name.padEnd(20)}${String(rows).padStart(10)} rows`);
  }
  console.log(`  ${'bodies'.padEnd(20)}${String(bodies.count).padStart(10)}, ${formatBytes(bodies.bytes)}`);
  const { burning, deleted, damaged, avatars, changed_avatars: changed } = leftOut;
  if (burning === 1) console.log('1 paste that burns after reading is not in it.');
  if (burning > 1) console.log(`${burning} pastes that burn after reading are not in it.`);
  if (deleted.length > 0) {
    console.log(`Left out, because a text was deleted during the backup: ${deleted.join(', ')}.`);
  }
  if (changed.length > 0) {
    console.log(`Without the avatar, which was changed during the backup: ${changed.join(', ')}.`);
  }
  if (damaged.length > 0) {
    console.error(`Left out, because a text is missing or damaged in the store: ${damaged.join(', ')}.`);
  }
  if (avatars.length > 0) {
    console.error(`The avatars of these accounts are missing in the store: ${avatars.join(', ')}.`);
  }
  // The file is complete; a scheduler should still report that the store is not.
  if (damaged.length > 0 || avatars.length > 0) process.exitCode = 1;
}

await runCommand(() =>
  run().catch((error: unknown) => {
    throw explainFailure(error);
  }),
);
