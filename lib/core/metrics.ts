import 'server-only';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { pool } from './db';
import { type FinishedRequest, knownMethod, observeRequests } from './http/finished-request';
import { perProcess } from './per-process';
import { readStoredCounts, type StoredCounts } from './stored-counts';

/** From the time of a raw read to that of a large page. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Metrics {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
  isDatabaseUp: Gauge;
  stored: Record<keyof StoredCounts, Gauge>;
}

/** No label holds anything of a request but its method, the pattern of its path, and its status. */
const metrics = perProcess('metrics', (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'sheaf_database_connections',
    help: 'Connections of this process to the database, by state; awaited ones are requests that wait for one.',
    labelNames: ['state'],
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = pool();
      this.set({ state: 'used' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'awaited' }, waitingCount);
    },
  });
  return {
    registry,
    requests: new Histogram({
      name: 'sheaf_http_request_duration_seconds',
      help: 'Time to answer a request of this process.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    isDatabaseUp: gauge('sheaf_database_up', 'Whether the database answers.'),
    stored: {
      mails: gauge('sheaf_mails_waiting', 'Emails that are not sent yet.'),
      bodies: gauge('sheaf_bodies_to_delete', 'Texts of deleted pastes that the store still has.'),
      pastes: gauge('sheaf_pastes', 'Pastes, as the database estimates it.'),
      users: gauge('sheaf_users', 'Accounts, as the database estimates it.'),
      bytes: gauge('sheaf_database_bytes', 'Size of the database on its disk.'),
    },
  };
});

/** Counts the requests of this process from now on. */
export function startMetrics(): void {
  const { requests } = metrics.get();
  observeRequests(({ method, route, status, elapsed }: FinishedRequest) => {
    requests.observe({ method: knownMethod(method) ?? 'other', route, status }, elapsed / 1_000);
  });
}

/**
 * The metrics in the text format of Prometheus, without those of the database while it does not answer.
 * @returns also the media type
 */
export async function renderMetrics(): Promise<{ text: string; type: string }> {
  const { registry, isDatabaseUp, stored } = metrics.get();
  const found = await readStoredCounts().catch(() => undefined);
  isDatabaseUp.set(found ? 1 : 0);
  for (const [name, gauge] of Object.entries(stored)) {
    if (found) gauge.set(found[name as keyof StoredCounts]);
    else gauge.remove();
  }
  return { text: await registry.metrics(), type: registry.contentType };
}
