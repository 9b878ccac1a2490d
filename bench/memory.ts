import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the embedded database keeps its process id; the second if its folder had to be elsewhere. */
const POSTMASTER_FILES = [
  'postgres/cluster/data/postmaster.pid',
  'postgres/elsewhere/cluster/data/postmaster.pid',
];

export interface ProcessMemory {
  pid: number;
  name: string;
  /** In bytes. */
  pss: number;
}

/**
 * The proportional set size of the processes together, in bytes: a page that several processes share counts
 * once. A process that has ended counts as nothing. Linux only.
 */
export function readPss(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + pssOf(pid), 0);
}

/** The process `npm start` runs in and all that it started, the embedded database in `dataFolder` included. */
export function listProcesses({ pid, dataFolder }: { pid: number; dataFolder: string }): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : null;
    if (parent !== null) parents.set(Number(name), parent);
  }
  const roots = new Set([pid, ...postmastersIn(dataFolder)]);
  const belongs = (one: number): boolean => {
    const parent = parents.get(one);
    return roots.has(one) || (parent !== undefined && belongs(parent));
  };
  return [...parents.keys()].filter(belongs);
}

/** What each process uses, the largest first. */
export function readEachPss(pids: readonly number[]): ProcessMemory[] {
  return pids
    .map((pid) => ({ pid, name: nameOf(pid), pss: pssOf(pid) }))
    .sort((one, other) => other.pss - one.pss);
}

function pssOf(pid: number): number {
  const kibibytes = /^Pss:\s*(\d+) kB$/m.exec(readProc(pid, 'smaps_rollup'))?.[1];
  return Number(kibibytes ?? 0) * 1024;
}

function parentOf(pid: number): number | null {
  // The name in parentheses may itself contain spaces and parentheses.
  const parent = /^.*\) \S (\d+)/s.exec(readProc(pid, 'stat'))?.[1];
  return parent === undefined ? null : Number(parent);
}

function postmastersIn(dataFolder: string): number[] {
  return POSTMASTER_FILES.map((file) => Number.parseInt(readText(join(dataFolder, file)), 10)).filter(
    Number.isInteger,
  );
}

/** `node dist/server.js`, `postgres: io worker 0`. */
function nameOf(pid: number): string {
  const words = readProc(pid, 'cmdline').split('\0').filter(Boolean);
  if (!/\bnode$/.test(words[0] ?? '')) return words[0]?.split('/').at(-1)?.trim() ?? `process ${pid}`;
  const script = words.find((word) => /\.m?js$|\/bin\/next$/.test(word) && !word.includes('with-parent'));
  return `node ${script?.split('/').slice(-2).join('/') ?? ''}`.trim();
}

function readProc(pid: number, file: string): string {
  return readText(`/proc/${pid}/${file}`);
}

/** Empty for a file that does not exist, as after the end of a process. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
