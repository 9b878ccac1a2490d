import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { now } from '../../core/clock';
import { pool } from '../../core/db';
import { env } from '../../core/env';
import { AppError } from '../../core/errors';
import { logger } from '../../core/logger';
import { perProcess } from '../../core/per-process';
import { blobStore } from '../../storage/blob-store';
import { problemAnswer, unavailable } from '../answers';
import type { ApiApp, ApiContext } from '../context';
import { addRoute } from '../route';

const SWEEP_BUDGET_MS = 45_000;

const readinessSchema = z.object({
  status: z.enum(['ready', 'not_ready']),
  database: z.boolean(),
  storage: z.boolean(),
  mail: z.boolean(),
});

const sweepSchema = z.object({
  pastes_ended: z.number().int(),
  blobs_removed: z.number().int(),
  blobs_failed: z.number().int().meta({ description: 'Texts the store could not remove; tried again.' }),
  rows_removed: z.number().int(),
  mails_sent: z.number().int(),
  strays_removed: z.number().int(),
  complete: z
    .boolean()
    .meta({ description: 'False if time ran out or something failed; the next run continues.' }),
});

export function addOperationRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/health',
    operationId: 'getHealth',
    security: [{}],
    summary: 'Liveness of the process',
    responses: { 200: { description: 'Alive', content: json(z.object({ status: z.literal('ok') })) } },
    handle: (c) => c.json({ status: 'ok' }),
  });

  addRoute(app, {
    method: 'get',
    path: '/api/ready',
    operationId: 'getReadiness',
    security: [{}],
    summary: 'Readiness of database and storage, and the state of email',
    responses: {
      200: { description: 'Ready', content: json(readinessSchema) },
      503: { description: 'Not ready', content: json(readinessSchema) },
    },
    handle: async (c) => {
      const [database, storage, mail] = await Promise.all([
        answers('database', () => pool().query('select 1 from pastes limit 1')),
        answers('storage', () => blobStore().ping()),
        answers('mail', async () => (await import('../../mail/chosen-mailer')).mailer().ping()),
      ]);
      // Email waits in the outbox until its provider is back, so it does not affect readiness.
      const ready = database && storage;
      if (!ready) c.header('Retry-After', '5');
      return c.json({ status: ready ? 'ready' : 'not_ready', database, storage, mail }, ready ? 200 : 503);
    },
  });

  addRoute(app, {
    method: 'get',
    path: '/api/cron/sweep',
    operationId: 'sweep',
    summary: 'Delete expired data; for the scheduler',
    security: [{ cron: [] }],
    responses: {
      200: { description: 'What was removed', content: json(sweepSchema) },
      401: problemAnswer('Missing or wrong secret', 'unauthorized'),
      503: unavailable,
    },
    handle: async (c) => {
      if (!isBearer(c, env().CRON_SECRET)) throw new AppError('unauthorized');
      const { runSweep } = await import('../../jobs/sweep');
      return c.json(await runSweep({ now: now(), budgetMs: SWEEP_BUDGET_MS, reconcile: true }));
    },
  });

  addRoute(app, {
    method: 'get',
    path: '/api/metrics',
    operationId: 'getMetrics',
    summary: 'Metrics of this process, in the text format of Prometheus',
    description: 'Only where `METRICS_TOKEN` is configured, which is the bearer token.',
    security: [{ metrics: [] }],
    responses: {
      200: { description: 'The metrics', content: { 'text/plain': { schema: z.string() } } },
      401: problemAnswer('Missing or wrong token', 'unauthorized'),
      404: problemAnswer('There are no metrics', 'not_found'),
    },
    handle: async (c) => {
      const { METRICS_TOKEN } = env();
      if (METRICS_TOKEN === undefined) throw new AppError('not_found');
      if (!isBearer(c, METRICS_TOKEN)) throw new AppError('unauthorized');
      const { renderMetrics } = await import('../../core/metrics');
      const { text, type } = await renderMetrics();
      return c.body(text, 200, { 'Content-Type': type });
    },
  });
}

function json<S extends z.ZodType>(schema: S) {
  return { 'application/json': { schema } };
}

/** What failed the last time, so that an outage is logged once and not for each probe. */
const failing = perProcess('failing-parts', () => new Set<string>());

/** The reason is for the log only. */
async function answers(part: string, probe: () => Promise<unknown>): Promise<boolean> {
  try {
    await probe();
    failing.get().delete(part);
    return true;
  } catch (error) {
    if (!failing.get().has(part)) logger().warn({ err: error, part }, 'a readiness check failed');
    failing.get().add(part);
    return false;
  }
}

function isBearer(c: ApiContext, secret: string | undefined): boolean {
  const authorization = c.req.header('authorization');
  if (secret === undefined || authorization === undefined) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization), digest(`Bearer ${secret}`));
}
