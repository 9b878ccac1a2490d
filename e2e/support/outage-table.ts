import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';

const DOCUMENT = fileURLToPath(new URL('../../docs/outages.md', import.meta.url));
const TITLES = { database: 'Database', blobs: 'Blob store', mail: 'Mail', limits: 'Limits' } as const;

const INTRODUCTION = `# Outages

What each operation answers while a service that Sheaf depends on is down, in both mounts: the status, the code of the
error, and the longest time that it took. All operations run at the same time. After each outage everything that failed
works again within five seconds without a restart, nothing is stored in part, and each mail is sent once. A read that
succeeds has exactly the text that was stored.

- *refused*: connections are refused. *hung*: they are accepted and nothing is answered.
- *error*: Postgres rejects connections with \`53300\` (too many clients), the others answer with a 500.
- *slow*: each answer takes two seconds, of the blob store one.
- *wrong bytes*, *cut short*: what the blob store answers has other bytes than were stored, or only the first half.

\`npm run outages\` writes this document. \`e2e/outage-matrix.spec.ts\` compares all but the times with it on each run.
`;

export interface OutageCell {
  operation: string;
  /** The status and the code of the error, as the document has it. */
  answer: string;
  ms: number;
}

interface Outage {
  service: keyof typeof TITLES;
  mode: string;
}

/** The table of `docs/outages.md`: compared with what was measured, or written with `--update-snapshots`. */
export class OutageTable {
  readonly #measured: (Outage & OutageCell)[] = [];

  /** @param cellCount how many answers there are, of all mounts. */
  constructor(private readonly cellCount: number) {}

  /** Compares the answers of one mount with the document, or with those of the other mount when it is written. */
  check({ service, mode }: Outage, cells: readonly OutageCell[]): void {
    const before = this.#measured.filter((cell) => cell.service === service && cell.mode === mode);
    this.#measured.push(...cells.map((cell) => ({ service, mode, ...cell })));
    if (!isWriting()) expect(answersOf(cells)).toEqual(readDocument({ service, mode }));
    else if (before.length > 0) expect(answersOf(cells)).toEqual(answersOf(before));
  }

  /** Writes the document if it is to be written and everything was measured. */
  write(): void {
    if (!isWriting() || this.#measured.length < this.cellCount) return;
    const sections = Object.entries(TITLES).map(([service, title]) => {
      const cells = this.#measured.filter((cell) => cell.service === service);
      return `\n## ${title}\n\n${formatTable(cells)}\n`;
    });
    const day = new Date().toISOString().slice(0, 10);
    writeFileSync(DOCUMENT, `${INTRODUCTION}\nMeasured on ${day}.\n${sections.join('')}`);
  }
}

function isWriting(): boolean {
  const { config } = test.info();
  return config.updateSnapshots === 'all' || config.updateSnapshots === 'changed';
}

function answersOf(cells: readonly OutageCell[]): Record<string, string> {
  return Object.fromEntries(cells.map(({ operation, answer }) => [operation, answer]));
}

function formatTable(cells: readonly (Outage & OutageCell)[]): string {
  const modes = [...new Set(cells.map(({ mode }) => mode))];
  const operations = [...new Set(cells.map(({ operation }) => operation))];
  const rows = operations.map((operation) => [
    operation,
    ...modes.map((mode) => {
      const found = cells.filter((cell) => cell.operation === operation && cell.mode === mode);
      const seconds = Math.max(...found.map(({ ms }) => ms)) / 1_000;
      return `${found[0]?.answer} · ${seconds.toFixed(1)} s`;
    }),
  ]);
  const lines = [['', ...modes], ['', ...modes].map(() => '---'), ...rows];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function readDocument({ service, mode }: Outage): Record<string, string> {
  const text = readFileSync(DOCUMENT, 'utf8');
  const section = text.split(`\n## ${TITLES[service]}\n`)[1]?.split('\n## ')[0] ?? '';
  const [head = [], , ...rows] = section
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const column = head.indexOf(mode);
  return Object.fromEntries(rows.map((row) => [row[1] ?? '', row[column]?.split(' · ')[0] ?? '']));
}
