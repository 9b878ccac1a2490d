import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account that Postgres programs run as. Postgres refuses to run as root, so root needs another one. */
export interface Account {
  /** Prefix of every command. */
  prefix: readonly string[];
  /** Owner of the data folder in the file system; null leaves the owner unchanged. */
  owner: { uid: number; gid: number } | null;
  /** Ids to switch to when spawning. */
  ids: { uid: number; gid: number } | null;
}

const OVERFLOW_ID = 65_534;

/** Accounts that work on this machine, the best first. A user other than root has only their own. */
export async function findAccounts(): Promise<Account[]> {
  if (process.getuid?.() !== 0) return [{ prefix: [], owner: null, ids: null }];
  const namespace: Account = {
    prefix: ['unshare', '-U', `--map-user=${OVERFLOW_ID}`, `--map-group=${OVERFLOW_ID}`],
    owner: { uid: 0, gid: 0 },
    ids: null,
  };
  const nobody = { uid: await nobodyId('-u'), gid: await nobodyId('-g') };
  const switched: Account = { prefix: [], owner: nobody, ids: nobody };
  return (await succeeds(namespace, '/bin/sh', ['-c', ':'])) ? [namespace, switched] : [switched];
}

/** The command, its arguments and its environment to run a program as this account. */
export function commandAs(account: Account, file: string, args: readonly string[]) {
  const [command = file, ...rest] = [...account.prefix, file, ...args];
  return { command, args: rest, options: { ...account.ids, cwd: '/', env: cleanEnvironment() } };
}

/** Whether the program exits successfully as this account. */
export async function succeeds(account: Account, file: string, args: readonly string[]): Promise<boolean> {
  try {
    const [command = file, ...rest] = [...account.prefix, file, ...args];
    await run(command, rest, { ...account.ids, cwd: '/', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/** Whether the account may access the folder and every folder above it. */
export function canEnter(account: Account, folder: string): Promise<boolean> {
  return succeeds(account, '/bin/sh', ['-c', 'cd "$0"', folder]);
}

async function nobodyId(flag: '-u' | '-g'): Promise<number> {
  try {
    const { stdout } = await run('/usr/bin/id', [flag, 'nobody']);
    return Number(stdout);
  } catch {
    return OVERFLOW_ID;
  }
}

/** Without variables that configure Postgres or choose its language. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C' };
  for (const name of Object.keys(environment)) {
    if (/^(PG|LANG)/.test(name)) delete environment[name];
  }
  return environment;
}
