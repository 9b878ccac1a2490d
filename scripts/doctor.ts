import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withoutEmpty } from '../lib/core/env';
import { checkDatabase, checkFolders, checkNode, checkServices } from './doctor-checks';
import { check, type Finding, formatFindings, hasFailed } from './doctor-report';
import {
  databaseFolder,
  openDatabase,
  parseSettings,
  readSettings,
  runCommand,
  type Settings,
  StartError,
} from './environment';

const USAGE = 'Use `npm run doctor` or, for programs, `npm run -s doctor -- --json`.';

async function run(): Promise<void> {
  const { json } = readArguments();
  const findings = await examine();
  const failed = hasFailed(findings);
  console.log(json ? JSON.stringify({ ok: !failed, checks: findings }, null, 2) : formatFindings(findings));
  if (failed) process.exitCode = 1;
}

function readArguments(): { json: boolean } {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean' } } });
    return { json: values.json ?? false };
  } catch (error) {
    throw new StartError(USAGE, { cause: error });
  }
}

async function examine(): Promise<Finding[]> {
  const node = await check('Node', () => checkNode(process.versions.node));
  let settings: Settings | undefined;
  const configuration = await check('configuration', async () => {
    settings = await readSettings();
    return 'Every variable is valid.';
  });
  // Without a valid configuration, there is nothing to ask.
  if (settings === undefined) return [node, configuration];
  const variables = parseSettings(settings);
  const [database, services, folders] = await Promise.all([
    examineDatabase(settings),
    checkServices(variables),
    checkFolders(settings, variables),
  ]);
  return [node, configuration, ...database, ...services, ...folders];
}

/** Starts the embedded database for the checks if it does not run. */
async function examineDatabase(settings: Settings): Promise<Finding[]> {
  const { DATABASE_URL, DIRECT_URL } = withoutEmpty(process.env);
  if (DATABASE_URL === undefined && !existsSync(databaseFolder(settings))) {
    const warning = 'There is none yet: npm start creates it.';
    return [await check('database', () => ({ warning }))];
  }
  const variables = parseSettings(settings);
  if (DATABASE_URL !== undefined) {
    const pooled = await checkDatabase({ url: DATABASE_URL, variable: 'DATABASE_URL' }, variables);
    if (DIRECT_URL === undefined) return pooled;
    const [direct] = await checkDatabase({ url: DIRECT_URL, variable: 'DIRECT_URL' }, variables);
    return direct === undefined ? pooled : [...pooled, { ...direct, name: 'direct database' }];
  }
  try {
    const database = await openDatabase(settings);
    const findings = await checkDatabase({ url: database.url, variable: 'DATA_DIR' }, variables);
    await database.release();
    return findings;
  } catch (error) {
    return [
      await check('database', () => {
        throw error;
      }),
    ];
  }
}

await runCommand(run);
