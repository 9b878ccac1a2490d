import type { OpenAnswer, OpenRequest } from './open-messages';

/** Sends requests to `open-worker.ts`, one after the other; makes a new worker after one that failed. */
export function askWorker(make: () => Worker): (request: OpenRequest) => Promise<OpenAnswer> {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const ask = (request: OpenRequest) =>
    new Promise<OpenAnswer>((resolve) => {
      worker ??= make();
      worker.onmessage = ({ data }: MessageEvent<OpenAnswer>) => resolve(data);
      worker.onerror = () => {
        worker = undefined;
        resolve({ kind: 'failed', fault: 'unsupported' });
      };
      worker.postMessage(request);
    });

  return (request) => {
    const answer = last.then(() => ask(request));
    last = answer;
    return answer;
  };
}
