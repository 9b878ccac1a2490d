import { parseArgs } from 'node:util';
import { expiryOf, LIFETIMES } from '@/lib/core/lifetime';
import { VISIBILITIES } from '@/lib/core/visibilities';
import { MAX_FILES, MAX_READS } from '@/lib/encryption/limits';
import { Failure } from './failure';
import { printable } from './printable';

const MAX_TIMEOUT_SECONDS = 3600;

export interface CommonOptions {
  host: string | undefined;
  timeoutMs: number;
  json: boolean;
}

export interface CreateCommand extends CommonOptions {
  command: 'create';
  /** `-` is standard input. */
  files: string[];
  name: string | undefined;
  title: string;
  language: string | undefined;
  visibility: string | undefined;
  expires: string | undefined;
  burn: number | null;
  slug: string | undefined;
  secret: boolean;
  askPassword: boolean;
  passwordFile: string | undefined;
}

export interface GetCommand extends CommonOptions {
  command: 'get';
  link: string;
  output: string | undefined;
  dir: string | undefined;
  force: boolean;
  yes: boolean;
  passwordFile: string | undefined;
}

export interface DeleteCommand extends CommonOptions {
  command: 'delete';
  link: string;
  editKeyFile: string | undefined;
}

export type Command =
  | CreateCommand
  | GetCommand
  | DeleteCommand
  | { command: 'help' }
  | { command: 'version' };

const ALL = ['create', 'get', 'delete'];
const OPTIONS = {
  host: { type: 'string', of: ALL },
  timeout: { type: 'string', of: ALL },
  json: { type: 'boolean', of: ALL },
  help: { type: 'boolean', short: 'h', of: ALL },
  version: { type: 'boolean', of: ALL },
  name: { type: 'string', of: ['create'] },
  title: { type: 'string', of: ['create'] },
  language: { type: 'string', of: ['create'] },
  visibility: { type: 'string', of: ['create'] },
  expires: { type: 'string', of: ['create'] },
  burn: { type: 'string', of: ['create'] },
  slug: { type: 'string', of: ['create'] },
  secret: { type: 'boolean', of: ['create'] },
  password: { type: 'boolean', of: ['create'] },
  'password-file': { type: 'string', of: ['create', 'get'] },
  output: { type: 'string', short: 'o', of: ['get'] },
  dir: { type: 'string', of: ['get'] },
  force: { type: 'boolean', of: ['get'] },
  yes: { type: 'boolean', of: ['get'] },
  'edit-key-file': { type: 'string', of: ['delete'] },
} as const;

type Values = ReturnType<typeof parse>['values'];

/**
 * Parses the arguments after the file name of the script.
 * @throws Failure usage
 */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [first, ...rest] = positionals;
  const command = first === 'get' || first === 'delete' ? first : 'create';
  for (const [name, { of }] of Object.entries(OPTIONS)) {
    if (name in values && !(of as readonly string[]).includes(command)) {
      throw wrong(
        command === 'create' ? `--${name} needs get or delete` : `${command} does not take --${name}`,
      );
    }
  }
  const common = {
    host: values.host,
    timeoutMs: parseCount(values.timeout ?? '60', { name: '--timeout', max: MAX_TIMEOUT_SECONDS }) * 1000,
    json: values.json ?? false,
  };
  if (command === 'create') return { command, ...common, ...parseCreate(values, positionals) };
  const [link, ...others] = rest;
  if (link === undefined || others.length > 0) throw wrong(`${command} takes one link`);
  if (command === 'delete') return { command, ...common, link, editKeyFile: values['edit-key-file'] };
  if (values.output !== undefined && values.dir !== undefined) throw wrong('Use either --output or --dir');
  if (common.json && (values.output ?? values.dir) !== undefined)
    throw wrong('--json prints, and writes no files');
  const { output, dir, force = false, yes = false } = values;
  return { command, ...common, link, output, dir, force, yes, passwordFile: values['password-file'] };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence = ''] = error instanceof Error ? error.message.split(/\. |\n/) : [];
    throw wrong(printable(sentence.replace(/\.$/, '')));
  }
}

function parseCreate(
  values: Values,
  files: readonly string[],
): Omit<CreateCommand, 'command' | keyof CommonOptions> {
  const { name, title = '', language, visibility, expires, slug, secret = false } = values;
  const passwordFile = values['password-file'];
  const askPassword = values.password ?? false;
  if (files.length > MAX_FILES) throw wrong(`A paste has at most ${MAX_FILES} files`);
  if (files.filter((file) => file === '-').length > 1)
    throw wrong('Standard input can be only one of the files');
  if (name !== undefined && files.length > 1) throw wrong('--name is for one file');
  if (visibility !== undefined && !VISIBILITIES.some((known) => known === visibility)) {
    throw wrong(`--visibility is one of ${VISIBILITIES.join(', ')}`);
  }
  if (expires !== undefined && expiryOf(expires, new Date(0)) === undefined) {
    throw wrong(`--expires is one of ${LIFETIMES.join(', ')}, or an ISO 8601 duration`);
  }
  if (secret && visibility === 'public') throw wrong('A secret paste cannot be public');
  if (!secret && (askPassword || passwordFile !== undefined)) throw wrong('A password needs --secret');
  if (askPassword && passwordFile !== undefined) throw wrong('Use either --password or --password-file');
  const burn = values.burn === undefined ? null : parseCount(values.burn, { name: '--burn', max: MAX_READS });
  if (burn !== null && visibility === 'public') throw wrong('A paste that burns cannot be public');
  const settings = { name, title, language, visibility, expires, burn, slug };
  return { files: files.length === 0 ? ['-'] : [...files], ...settings, secret, askPassword, passwordFile };
}

function parseCount(text: string, { name, max }: { name: string; max: number }): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > max) throw wrong(`${name} is a whole number from 1 to ${max}`);
  return count;
}

function wrong(fault: string): Failure {
  return new Failure('usage', `${fault}; --help shows the options.`);
}
