import type { HashFormat } from './hash-format';
import { watchLines } from './lines';
import { showLocalTimes } from './local-times';
import { watchPlace } from './place';
import { watchTools } from './tools';

/** Enhances the page of a paste, which is complete without it. */
export function watchReading(signal?: AbortSignal, format?: HashFormat): void {
  showLocalTimes();
  watchTools(signal);
  watchLines(signal, format);
  watchPlace(signal);
}
