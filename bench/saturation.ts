import type { Bench } from './bench';
import { CASES } from './cases';
import { sendLoad } from './load';
import { renderTable, type Section } from './report';
import { formatNumber } from './statistics';

const READS = ['raw', 'page', 'page-member', 'metadata', 'feed', 'search'];

/** Readers and authors at the same time, as fast as they get responses: how many requests fail. */
export async function measureSaturation({ sheaf, sample, scale }: Bench): Promise<Section> {
  const seconds = scale.saturation;
  const mixes = [READS, ['create']].map((names) => {
    const cases = names.flatMap((name) => CASES[name] ?? []);
    const requests = cases.map(({ request }) => request(sample));
    return { origin: sheaf.url, requests, connections: cases[0]?.connections ?? 0, seconds };
  });
  const results = await Promise.all(mixes.map(sendLoad));
  const rows = results.map(({ answered, failed, p99, ...result }, index) => {
    const kind = index === 0 ? `reads (${READS.join(', ')})` : 'creates of 2 KB';
    const rate = formatNumber(answered / result.seconds, 0);
    return [kind, String(mixes[index]?.connections), rate, formatNumber(p99, 0), String(failed)];
  });
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const all = results.reduce((sum, result) => sum + result.answered, failed);
  return {
    title: 'Saturation',
    text: renderTable(['requests', 'connections', 'requests/s', 'p99, ms', 'failed'], rows),
    verdicts: [
      {
        target: `${seconds} s at saturation: no error`,
        measured: `${failed} of ${formatNumber(all, 0)} requests failed`,
        isMet: failed === 0,
      },
    ],
  };
}
