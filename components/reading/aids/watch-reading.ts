import { watchLines } from './lines';
import { showLocalTimes } from './local-times';
import { watchPlace } from './place';
import { watchTools } from './tools';

/** Enhances the page of a paste, which is complete without it. @returns what ends it */
export function watchReading(): () => void {
  showLocalTimes();
  const stops = [watchTools(), watchLines(), watchPlace()];
  return () => {
    for (const stop of stops) stop();
  };
}
