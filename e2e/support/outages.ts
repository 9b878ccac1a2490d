import { Api } from './api';
import { type Cleanup, createDatabase, serviceVariables, startBlobStore, startMount } from './mounts';
import { type ResendStandIn, startResendStandIn } from './resend-stand-in';
import { startTcpRelay, type TcpRelay } from './tcp-relay';
import { startUpstashStandIn, type UpstashStandIn } from './upstash-stand-in';
import type { VercelBlobStandIn } from './vercel-blob-stand-in';

const SLOW_MS = 2_000;
/** Half of the time that Sheaf gives one operation of the store. */
const SLOW_STORE_MS = 1_000;

/** What Postgres answers to a connection that it cannot take: `FATAL 53300`. */
const TOO_MANY_CLIENTS = postgresError({
  S: 'FATAL',
  V: 'FATAL',
  C: '53300',
  M: 'sorry, too many clients already',
});

export interface Service {
  api: Api;
  databaseUrl: string;
  store: VercelBlobStandIn;
  resend: ResendStandIn;
  upstash: UpstashStandIn;
  relays: { database: TcpRelay; blobs: TcpRelay; mail: TcpRelay; limits: TcpRelay };
}

interface Outage {
  service: keyof Service['relays'];
  mode: string;
  begin(service: Service): Promise<void> | void;
  end(service: Service): Promise<void> | void;
}

/** An outage that the relay in front of the service makes. */
function cut(service: Outage['service'], mode: string, how: Parameters<TcpRelay['fail']>[0]): Outage {
  return {
    service,
    mode,
    begin: ({ relays }) => relays[service].fail(how),
    end: ({ relays }) => relays[service].fail('ok'),
  };
}

function storeAnswers(mode: string, how: Parameters<VercelBlobStandIn['fail']>[0]): Outage {
  return {
    service: 'blobs',
    mode,
    begin: ({ store }) => store.fail(how),
    end: ({ store }) => store.fail('ok'),
  };
}

// The outages of limits stand apart: for five seconds after one, the store is not asked.
export const OUTAGES: Outage[] = [
  cut('limits', 'refused', 'refuse'),
  cut('mail', 'refused', 'refuse'),
  cut('database', 'refused', 'refuse'),
  cut('blobs', 'refused', 'refuse'),
  cut('database', 'hung', 'hang'),
  cut('limits', 'hung', 'hang'),
  cut('mail', 'hung', 'hang'),
  cut('blobs', 'hung', 'hang'),
  cut('database', 'error', 'reject'),
  storeAnswers('error', '500'),
  {
    service: 'limits',
    mode: 'error',
    begin: ({ upstash }) => upstash.fail('500'),
    end: ({ upstash }) => upstash.fail('ok'),
  },
  {
    service: 'mail',
    mode: 'error',
    begin: ({ resend }) => resend.fail('500'),
    end: ({ resend }) => resend.fail('ok'),
  },
  storeAnswers('wrong bytes', 'corrupt'),
  storeAnswers('cut short', 'truncate'),
  cut('mail', 'slow', 'slow'),
  cut('database', 'slow', 'slow'),
  cut('blobs', 'slow', 'slow'),
  cut('limits', 'slow', 'slow'),
];

function postgresError(fields: Record<string, string>): Buffer {
  const text = Object.entries(fields).map(([code, value]) => `${code}${value}\0`);
  const body = Buffer.from(`${text.join('')}\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(body.byteLength + 4, 1);
  return Buffer.concat([head, body]);
}

export async function startService(name: 'front' | 'next', cleanup: Cleanup): Promise<Service> {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  const [resend, upstash] = [await startResendStandIn(), await startUpstashStandIn()];
  cleanup.add(() => resend.close());
  cleanup.add(() => upstash.close());
  const relayTo = async (url: string, options: { slowMs: number; rejection?: Buffer }) => {
    const { port } = new URL(url);
    const relay = await startTcpRelay({ port: Number(port), ...options });
    cleanup.add(() => relay.close());
    return { relay, url: url.replace(`:${port}`, `:${relay.port}`) };
  };
  const database = await relayTo(databaseUrl, { slowMs: SLOW_MS, rejection: TOO_MANY_CLIENTS });
  const blobs = await relayTo(store.url, { slowMs: SLOW_STORE_MS });
  const mail = await relayTo(resend.url, { slowMs: SLOW_MS });
  const limits = await relayTo(upstash.url, { slowMs: SLOW_MS });
  const env = {
    ...serviceVariables({ databaseUrl: database.url, store: { ...store, url: blobs.url } }),
    RESEND_API_KEY: resend.apiKey,
    RESEND_BASE_URL: mail.url,
    MAIL_FROM: 'Sheaf <sheaf@example.com>',
    UPSTASH_REDIS_REST_URL: limits.url,
    UPSTASH_REDIS_REST_TOKEN: upstash.token,
    SWEEP_INTERVAL_SECONDS: '0',
  };
  const server = await startMount(name, { env, cleanup });
  const relays = {
    database: database.relay,
    blobs: blobs.relay,
    mail: mail.relay,
    limits: limits.relay,
  };
  return { api: new Api(server.url), databaseUrl, store, resend, upstash, relays };
}
