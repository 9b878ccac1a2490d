import autocannon from 'autocannon';

/** A request that is sent over and over. Its functions share an object with those after it on its connection. */
export type LoadRequest = Pick<
  autocannon.Request,
  'method' | 'path' | 'headers' | 'body' | 'setupRequest' | 'onResponse'
>;

export interface Load {
  /** Scheme, host and port. */
  origin: string;
  /** Sent in turns on each connection, from a different one on. */
  requests: readonly LoadRequest[];
  connections: number;
  /** 0 sends one request on each connection. */
  seconds: number;
  /** Requests a second on all connections together, at most; without it, as many as are answered. */
  rate?: number;
}

export interface LoadResult {
  /** Responses with a status of 2xx. */
  answered: number;
  failed: number;
  seconds: number;
  /** Latency in milliseconds that 99 % of the responses had at most. */
  p99: number;
}

const TIMEOUT_SECONDS = 60;

/**
 * Sends requests on keep-alive connections, each the next when the response has come. Each connection names a
 * client address of its own, which counts where the server trusts this machine as a proxy.
 */
export async function sendLoad({ origin, requests, connections, seconds, rate }: Load): Promise<LoadResult> {
  let clients = 0;
  const begun = performance.now();
  const result = await autocannon({
    url: origin,
    connections,
    ...(seconds === 0 ? { amount: connections } : { duration: seconds }),
    // Otherwise it adds latencies for requests that it has not sent.
    ...(rate === undefined ? {} : { overallRate: rate, ignoreCoordinatedOmission: true }),
    timeout: TIMEOUT_SECONDS,
    // It ends at the first sample after `duration`.
    sampleInt: 50,
    setupClient: (client) => {
      const first = clients % requests.length;
      clients += 1;
      const address = { 'X-Forwarded-For': `192.0.2.${clients}` };
      const turns = [...requests.slice(first), ...requests.slice(0, first)];
      client.setRequests(turns.map((one) => ({ ...one, headers: { ...one.headers, ...address } })));
    },
  });
  // With a rate, it counts as many requests of each connection's first second as the rate allows, once too often.
  const sent = result.requests.sent - (rate === undefined ? 0 : rate - connections);
  return {
    answered: result['2xx'],
    failed: countFailures({ ...result, requests: { sent } }),
    seconds: (performance.now() - begun) / 1_000,
    p99: result.latency.p99,
  };
}

/** Also requests without a response: the generator does not count a connection that the server closes. */
export function countFailures(
  result: Pick<autocannon.Result, '2xx' | 'non2xx' | 'errors' | 'connections'> & {
    requests: { sent: number };
  },
): number {
  const unanswered = result.requests.sent - result['2xx'] - result.non2xx - result.errors;
  return result.non2xx + result.errors + Math.max(0, unanswered - result.connections);
}
