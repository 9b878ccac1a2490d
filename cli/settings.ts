import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure, reasonOf } from './failure';
import { parseHost } from './link';

/** Of the instance that this copy was downloaded from; empty in a copy from elsewhere. */
declare const SHEAF_SERVED_BY: string;

export interface Sources {
  /** `--host`. */
  option: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  config: { host?: string | undefined; token?: string | undefined };
  servedBy: string;
}

export interface Settings {
  /** An origin. */
  host: string | undefined;
  /** The token, for the host it belongs to: another one must never see it. */
  tokenFor(host: string): string | undefined;
}

/** @throws Failure usage */
export async function readSettings(option: string | undefined): Promise<Settings> {
  return chooseSettings({ option, env: process.env, config: await readConfig(), servedBy: SHEAF_SERVED_BY });
}

/** @throws Failure usage */
export function chooseSettings({ option, env, config, servedBy }: Sources): Settings {
  const [given, configured, inherited] = [option, config.host, servedBy].map(toHost);
  const fromEnv = toHost(env.SHEAF_HOST);
  const host = given ?? fromEnv ?? configured ?? inherited;
  const isFromEnv = Boolean(env.SHEAF_TOKEN);
  const token = isFromEnv ? env.SHEAF_TOKEN : config.token;
  const home = isFromEnv ? (fromEnv ?? configured ?? inherited ?? given) : (configured ?? inherited);
  if (token && !/^[!-~]+$/.test(token))
    throw new Failure('usage', 'The token has characters that no token has.');
  return { host, tokenFor: (other) => (other === home ? token || undefined : undefined) };
}

/** The host of the settings. @throws Failure usage */
export function requireHost({ host }: Settings): string {
  if (host !== undefined) return host;
  throw new Failure('usage', 'Name the host with --host, SHEAF_HOST or the configuration file.');
}

/** Where edit keys are kept. */
export function stateFolder(): string {
  return join(process.env.XDG_STATE_HOME || join(homedir(), '.local/state'), 'sheaf');
}

function toHost(text: string | undefined): string | undefined {
  return text ? parseHost(text) : undefined;
}

async function readConfig(): Promise<Sources['config']> {
  const file = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'sheaf/config.json');
  try {
    return parseConfig(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new Failure('usage', `The configuration file ${file} cannot be used: ${reasonOf(error)}.`);
  }
}

function parseConfig(value: unknown): Sources['config'] {
  if (typeof value !== 'object' || value === null) throw new Error('it is not a JSON object');
  const { host, token } = value as Record<string, unknown>;
  const isText = (member: unknown) => member === undefined || typeof member === 'string';
  if (!isText(host) || !isText(token)) throw new Error('"host" and "token" must be strings');
  return { host: host as string | undefined, token: token as string | undefined };
}
