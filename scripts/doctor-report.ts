import { withTimeout } from '../lib/core/timeout';

export type Status = 'ok' | 'warning' | 'failed';

export interface Finding {
  name: string;
  status: Status;
  /** What was found; for a warning or a failure also what to do. */
  message: string;
}

/** What a check says: a text if all is well, or a warning. A check that fails throws. */
export type Verdict = string | { warning: string };

const CHECK_WITHIN_MS = 2_800;

/** Runs a check, which has `CHECK_WITHIN_MS`. */
export async function check(name: string, work: () => Verdict | Promise<Verdict>): Promise<Finding> {
  const message = `There was no answer within ${CHECK_WITHIN_MS} ms.`;
  try {
    const verdict = await withTimeout({ ms: CHECK_WITHIN_MS, message }, async () => work());
    if (typeof verdict === 'string') return { name, status: 'ok', message: verdict };
    return { name, status: 'warning', message: verdict.warning };
  } catch (error) {
    return { name, status: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

export function formatFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.map(({ name, status, message }) => {
    const [first, ...others] = message.split('\n');
    const begin = `${status.padEnd(8)} ${name.padEnd(width)}  `;
    return [begin + first, ...others.map((line) => ' '.repeat(begin.length) + line.trim())].join('\n');
  });
  return lines.join('\n');
}

export function hasFailed(findings: readonly Finding[]): boolean {
  return findings.some(({ status }) => status === 'failed');
}
