import { disconnect } from '../lib/core/db';
import { runSweep } from '../lib/jobs/sweep';

/** As the route for the scheduler allows it. */
const BUDGET_MS = 45_000;
/** Bodies without a row are removed when they are a day old. */
const LATER_MS = 25 * 3_600_000;

/** One sweep with the configuration of the environment; prints its result as JSON. */
const result = await runSweep({
  now: new Date(Date.now() + LATER_MS),
  budgetMs: BUDGET_MS,
  reconcile: true,
});
console.log(JSON.stringify(result));
await disconnect();
