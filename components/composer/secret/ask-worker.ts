import type { SealAnswer, SealRequest } from './seal-messages';

let waiting: Worker | null = null;

function start(): Worker {
  const worker = new Worker(new URL('./seal-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('error', () => {
    if (waiting === worker) waiting = null;
  });
  return worker;
}

/** Begins to load the worker, which is large. */
export function prepareWorker(): void {
  waiting ??= start();
}

/** Each request has a worker of its own, so that no key or password stays in one. @throws if it cannot be loaded */
export function askWorker(request: SealRequest): Promise<SealAnswer> {
  const worker = waiting ?? start();
  waiting = null;
  return new Promise<SealAnswer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<SealAnswer>) => resolve(data));
    worker.addEventListener('error', () => reject(new Error('The worker cannot be loaded.')));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
