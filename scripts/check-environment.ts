import nextEnv from '@next/env';
import { describeFaults, findEnvFaults } from '../lib/core/env';
import { reportFailure, StartError } from './environment';
import { ROOT } from './root';

/** For a build on a serverless host: the variables are checked before anything is migrated or built. */
function checkEnvironment(): void {
  nextEnv.loadEnvConfig(ROOT, false, { info: () => {}, error: console.error });
  const faults = findEnvFaults(process.env);
  if (faults.length > 0) throw new StartError(describeFaults(faults));
}

try {
  checkEnvironment();
} catch (error) {
  reportFailure(error);
}
