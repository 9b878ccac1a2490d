import type { HashFormat } from './hash-format';
import { watchLines } from './lines';
import { showLocalTimes } from './local-times';
import { watchPlace } from './place';
import { watchTools } from './tools';

/** Enhances the page of a paste, which is complete without it. @returns what ends it */
export function watchReading(format?: HashFormat): () => void {
  showLocalTimes();
  const stops = [watchTools(), watchLines(format), watchPlace()];
  return () => {
    for (const stop of stops) stop();
  };
}
