import 'server-only';
import { traced } from '../core/tracing';
import type { BlobStore } from './store';

/** The store, with a span for each of its operations that is a part of a trace. */
export function tracedStore(store: BlobStore): BlobStore {
  const trace = <T>(operation: string, work: () => Promise<T>) =>
    traced(`store ${operation}`, work, { kind: 'CLIENT' });
  return {
    put: (key, body) => trace('put', () => store.put(key, body)),
    get: (key) => trace('get', () => store.get(key)),
    delete: (keys) => trace('delete', () => store.delete(keys)),
    list: (from) => store.list(from),
    ping: () => trace('ping', () => store.ping()),
  };
}
