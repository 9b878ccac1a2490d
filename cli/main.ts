import { create } from './create';
import { deletePaste } from './delete';
import { EXIT, Failure, hasCode } from './failure';
import { get } from './get';
import { parseLink } from './link';
import { type Command, parseCommand } from './options';
import { note, print } from './output';
import { printable } from './printable';
import { readSettings, requireHost } from './settings';
import { USAGE } from './usage';

/** Of Sheaf; set by the build. */
declare const SHEAF_VERSION: string;

const MIN_NODE = 20;

async function run(command: Command): Promise<void> {
  if (command.command === 'help') return print(USAGE);
  if (command.command === 'version') return print(`${SHEAF_VERSION}\n`);
  const settings = await readSettings(command.host);
  const { timeoutMs } = command;
  const connectTo = (host: string) => ({ host, token: settings.tokenFor(host), timeoutMs });
  if (command.command === 'create') return create(command, connectTo(requireHost(settings)));
  const link = parseLink(command.link, settings.host);
  const connection = connectTo(link.host);
  return command.command === 'get' ? get(command, link, connection) : deletePaste(command, link, connection);
}

function fail(error: unknown): void {
  if (hasCode(error, 'EPIPE')) return;
  const failure = error instanceof Failure ? error : null;
  const message = error instanceof Error ? error.message : String(error);
  if (!failure) note(`Sheaf's client has a fault: ${printable(message)}`);
  else if (message !== '') note(message);
  process.exitCode = EXIT[failure?.exit ?? 'refused'];
}

process.on('SIGINT', () => process.exit(EXIT.interrupted));
// `print` throws it.
process.stdout.on('error', () => {});

try {
  if (Number.parseInt(process.versions.node, 10) < MIN_NODE) {
    throw new Failure('usage', `This program needs Node ${MIN_NODE} or newer.`);
  }
  await run(parseCommand(process.argv.slice(2)));
} catch (error) {
  fail(error);
}
