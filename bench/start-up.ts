import type { Bench } from './bench';
import { renderTable, type Section } from './report';
import { formatSummary, summarize } from './statistics';

const LIMIT_MS = 2_000;

/** A start on existing data with nothing to build, until the API and the pages answer. */
export async function measureStartUp({ sheaf, scale }: Bench): Promise<Section> {
  const times: number[] = [];
  for (let n = 0; n < scale.rounds; n += 1) times.push(await sheaf.restart());
  const time = summarize(times);
  const shown = formatSummary(time, 0);
  return {
    title: 'Start',
    text: renderTable(['', 'ms'], [['second start, nothing to build', shown]]),
    verdicts: [{ target: 'second start: under 2 s', measured: `${shown} ms`, isMet: time.median < LIMIT_MS }],
  };
}
