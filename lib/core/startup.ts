import { describeFaults, env, findEnvFaults } from './env';
import { findFolderFaults, usedFolders } from './env-folders';
import { keysFor } from './keys';

/** Exits with one sentence for every invalid variable, before the process answers a request. */
export async function assertConfigured(): Promise<void> {
  const faults = findEnvFaults();
  if (faults.length === 0) faults.push(...(await findFolderFaults(usedFolders(env()))));
  if (faults.length === 0) return;
  process.stderr.write(`${describeFaults(faults)}\n`);
  process.exit(1);
}

/**
 * Makes Next encrypt the variables that server actions capture with a key that all instances and builds have.
 * Without it, the key is the one of the build, which is not a secret.
 */
export function setActionKey(): void {
  const [key] = keysFor('server-actions');
  process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= Buffer.from(key.bytes).toString('base64');
}

/**
 * Makes the errors that Next prints name the sources, where `npm start` has started it. Called once Next's own code is
 * loaded: Node reads a map for each file that it loads from now on.
 */
export function enableSourceMaps(): void {
  if (env().FRONT_TOKEN !== undefined) process.setSourceMapsEnabled(true);
}
