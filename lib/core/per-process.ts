export interface PerProcess<T> {
  /** The value, created on first use. */
  get(): T;
  /** Forgets the value, so that the next use creates another. @returns the one forgotten, if any */
  clear(): T | undefined;
}

/**
 * A value that exists once per process. A variable of a module does not: Next bundles a module into several
 * layers of one process, each with variables of its own (https://github.com/vercel/next.js/issues/49309).
 */
export function perProcess<T>(name: string, create: () => T): PerProcess<T> {
  const key = Symbol.for(`sheaf.${name}`);
  const globals = globalThis as unknown as Record<symbol, T | undefined>;
  return {
    get() {
      globals[key] ??= create();
      return globals[key];
    },
    clear() {
      const value = globals[key];
      delete globals[key];
      return value;
    },
  };
}
