import type { OpenAnswer, OpenRequest } from './open-messages';

/** Sends requests to `open-worker.ts` and waits for each answer; makes a new worker after one that failed. */
export function askWorker(make: () => Worker): (request: OpenRequest) => Promise<OpenAnswer> {
  let worker: Worker | undefined;
  return (request) =>
    new Promise((resolve) => {
      worker ??= make();
      worker.onmessage = ({ data }: MessageEvent<OpenAnswer>) => resolve(data);
      worker.onerror = () => {
        worker = undefined;
        resolve({ kind: 'failed', fault: 'unsupported' });
      };
      worker.postMessage(request);
    });
}
