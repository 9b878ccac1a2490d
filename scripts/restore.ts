import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BackupError, explainFileError } from '../lib/backup/backup-error';
import type { Manifest } from '../lib/backup/format';
import { restoreBackup } from '../lib/backup/restore-backup';
import { withoutEmpty } from '../lib/core/env';
import { openStore } from '../lib/storage/blob-store';
import { connect } from '../prisma/locked-transaction';
import { migrate } from '../prisma/migrate';
import { MIGRATIONS_FOLDER, readMigrations } from '../prisma/migration-files';
import {
  explainFailure,
  formatBytes,
  formatSeconds,
  resolveArgument,
  withConnection,
} from './backup-command';
import { parseSettings, readSettings, runCommand, type Settings, StartError } from './environment';
import { draftSecrets, parseSecrets, type Secrets } from './secrets';
import { acquireStartLock } from './start-lock';

const USAGE =
  'Use `npm run restore -- FILE [--identity FILE]`. --identity names the file with the age identity of an encrypted backup.';

async function run(): Promise<void> {
  const { file, identity } = readArguments();
  const startedAt = performance.now();
  const identities = identity === undefined ? null : await readIdentities(resolveArgument(identity));
  const settings = await readSettings();
  const unlock = await acquireStartLock(settings.dataFolder).catch((error: Error) => {
    throw new StartError(error.message, { cause: error });
  });
  try {
    const { manifest, secrets } = await restore(settings, { file: resolveArgument(file), identities });
    const { count, bytes } = manifest.bodies;
    console.log(`The backup of ${manifest.created_at} is restored in ${formatSeconds(startedAt)}:`);
    console.log(
      `${countOf(manifest, 'pastes')} pastes, ${countOf(manifest, 'users')} accounts, ${countOf(manifest, 'contacts')} contacts, ${count} texts and avatars (${formatBytes(bytes)}).`,
    );
    printUndone(manifest);
    printSecrets(secrets);
  } finally {
    await unlock();
  }
}

function readArguments(): { file: string; identity: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { identity: { type: 'string' } },
    });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new Error('one file');
    return { file, identity: values.identity };
  } catch (error) {
    throw new StartError(USAGE, { cause: error });
  }
}

async function readIdentities(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw explainFileError(error, file);
  });
}

async function restore(
  settings: Settings,
  source: { file: string; identities: string | null },
): Promise<{ manifest: Manifest; secrets: Secrets | null }> {
  const migrations = (await readMigrations(MIGRATIONS_FOLDER)).map(({ name }) => name);
  return withConnection(settings, async (client, url) => {
    let secrets: Secrets | null = null;
    const manifest = await restoreBackup({
      source,
      client,
      store: openStore(parseSettings(settings)),
      migrations,
      migrate: (last) =>
        migrate(url, { last }).catch((error: Error) => {
          throw new BackupError(error.message, { cause: error });
        }),
      connect: () => connect(url),
      draftSecrets: (text) => {
        secrets = readSecrets(text);
        return draftSecrets(settings.dataFolder, secrets);
      },
    });
    return { manifest, secrets };
  });
}

function readSecrets(text: string): Secrets {
  try {
    return parseSecrets(text, 'secrets.json');
  } catch (error) {
    throw new BackupError('The backup is damaged: its secrets are not what they should be.', {
      cause: error,
    });
  }
}

function countOf({ tables }: Manifest, name: string): number {
  return tables[name]?.rows ?? 0;
}

function printUndone(manifest: Manifest): void {
  const sessions = countOf(manifest, 'sessions');
  const tokens = countOf(manifest, 'personal_tokens');
  const shares = countOf(manifest, 'shares');
  console.log(
    `What happened after ${manifest.created_at} is undone. Pastes, contacts and accounts that were deleted since then exist again. Sign-outs, revoked tokens and removed shares are undone: ${sessions} sessions, ${tokens} tokens and ${shares} shares of the backup are valid. Passwords, roles and bans are as they were. Mail that waited to be sent is sent again.`,
  );
}

function printSecrets(secrets: Secrets | null): void {
  const { AUTH_SECRET } = withoutEmpty(process.env);
  const isSame = secrets !== null && (AUTH_SECRET ?? secrets.AUTH_SECRET) === secrets.AUTH_SECRET;
  if (isSame) return;
  console.log(
    'Sessions of the backup are valid only with the AUTH_SECRET of the instance that was backed up. With another one, users sign in again, and mail that waited is not sent.',
  );
}

await runCommand(() =>
  run().catch((error: unknown) => {
    throw explainFailure(error);
  }),
);
