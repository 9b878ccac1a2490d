/** Full jitter: sleep a random time below an exponentially growing cap. */
export async function retry<T>(
  attempt: (n: number) => Promise<T>,
  { tries = 5, base = 100, cap = 10_000 }: RetryOptions = {},
): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await attempt(n);
    } catch (error) {
      if (n >= tries || !isTransient(error)) throw error;
      await sleep(Math.random() * Math.min(cap, base * 2 ** n));
    }
  }
}

interface RetryOptions {
  tries?: number;
  base?: number;
  cap?: number;
}

const transient = new Set(['ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN']);

function isTransient(error: unknown): boolean {
  return error instanceof Error && transient.has((error as NodeJS.ErrnoException).code ?? '');
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
