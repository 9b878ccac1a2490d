import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';

const CHECK_EVERY_MS = 500;
const BACKOFF_MS = [0, 500, 1_000, 2_000, 4_000, 8_000];
/** After running this long, the count of attempts is reset. */
const STABLE_AFTER_MS = 60_000;

export interface PostgresKeeper {
  /** Resolves with a message for the user when the server has ended and could not be restarted. */
  ended: Promise<string>;
  /** Stops watching and shuts the server down. */
  stop(): Promise<void>;
}

/**
 * Watches the server in `folder` and restarts it, on the same port, when it stops unexpectedly: immediately,
 * then with increasing delays.
 */
export function keepPostgresRunning(options: {
  folder: string;
  postgres: EmbeddedPostgres;
  /** Delays before each restart attempt; it gives up after the last one. */
  backoffMs?: readonly number[];
}): PostgresKeeper {
  const { folder, postgres, backoffMs = BACKOFF_MS } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let current = postgres;
  const { promise: ended, resolve: giveUp } = withResolvers<string>();

  async function restart(attempt: number): Promise<string | null> {
    await pause(backoffMs[attempt] ?? 0, signal);
    if (signal.aborted) return null;
    try {
      await current.stop();
      const started = await startEmbeddedPostgres({ folder, port: Number(new URL(postgres.url).port) });
      current = started;
      if (started.url === postgres.url) return null;
      return 'Another command has started it on another port.';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async function watch(): Promise<void> {
    let attempt = 0;
    let fault: string | null = null;
    let startedAt = performance.now();
    while (!signal.aborted) {
      await pause(CHECK_EVERY_MS, signal);
      if (signal.aborted || (current.url === postgres.url && (await current.isRunning()))) continue;
      if (performance.now() - startedAt > STABLE_AFTER_MS) attempt = 0;
      if (attempt === backoffMs.length) {
        giveUp(`The embedded database keeps stopping. ${fault ?? ''}`.trim());
        return;
      }
      console.error('The embedded database stopped unexpectedly; restarting it.');
      fault = await restart(attempt);
      if (signal.aborted) return;
      startedAt = performance.now();
      attempt += 1;
      if (fault === null) console.error('The embedded database is running again.');
    }
  }

  const watching = watch();
  return {
    ended,
    async stop() {
      stopping.abort();
      await watching;
      if (current.url === postgres.url || !current.adopted) await current.stop();
    },
  };
}

/** Ends early when the signal is aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
