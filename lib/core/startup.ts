import { describeFaults, env, findEnvFaults } from './env';
import { findFolderFaults, usedFolders } from './env-folders';

/** Exits with one sentence for every invalid variable, before the process answers a request. */
export async function assertConfigured(): Promise<void> {
  const faults = findEnvFaults();
  if (faults.length === 0) faults.push(...(await findFolderFaults(usedFolders(env()))));
  if (faults.length === 0) return;
  process.stderr.write(`${describeFaults(faults)}\n`);
  process.exit(1);
}
