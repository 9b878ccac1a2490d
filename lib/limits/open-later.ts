import type { Limiter } from './limiter';

/** A limiter that is opened, and its packages are loaded, with the first event. */
export function openLater(open: () => Promise<Limiter>): Limiter {
  let opened: Promise<Limiter> | undefined;
  const limiter = () => {
    opened ??= open();
    return opened;
  };
  return {
    consume: async (key, rules) => (await limiter()).consume(key, rules),
    forget: async (key, rule) => (await limiter()).forget(key, rule),
  };
}
