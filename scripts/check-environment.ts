import nextEnv from '@next/env';
import { describeFaults, findEnvFaults } from '../lib/core/env';
import { reportFailure, StartError } from './environment';
import { ROOT } from './root';

/** For builds on a serverless host: checks the variables before any migration or build. */
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
