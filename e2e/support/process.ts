import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { findLoggedSecrets } from './log-secrets';

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 20_000;
const OUTPUT_KEPT = 16_000;

/** What a program needs of the environment; nothing by which the developer's own Sheaf is configured. */
const INHERITED = ['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG', 'NODE_EXTRA_CA_CERTS', 'SystemRoot'];

export interface Server {
  pid: number;
  /** The last of what it printed. */
  output(): string;
  /**
   * Asks it to end and waits for that; what is then left of its process tree is killed.
   * @throws Error if it has logged a password, a token or an address
   */
  stop(): Promise<void>;
  /** Kills the whole process tree at once, but for the `spared` process and what is below it. */
  kill(spared?: number): Promise<void>;
}

/**
 * Starts a Node program and waits until `readyUrl` answers 200. Throws with what it printed when it ends first or is
 * not ready in time; then also with its processes and the processor time of each, which tells a program that waits
 * from one that the machine had no time for.
 */
export async function startServer(options: {
  args: string[];
  env: Record<string, string>;
  readyUrl: string;
  readyWithinMs?: number | undefined;
  /** Receives what it prints. */
  logFile?: string | undefined;
}): Promise<Server> {
  const child = spawn(process.execPath, options.args, {
    env: { ...inheritedEnvironment(), NODE_ENV: 'production', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let output = '';
  const secrets: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-OUTPUT_KEPT);
      const end = (rest + text).lastIndexOf('\n') + 1;
      secrets.push(...findLoggedSecrets((rest + text).slice(0, end)));
      rest = (rest + text).slice(end);
      if (options.logFile !== undefined) appendFileSync(options.logFile, text);
    });
  }
  const pid = child.pid ?? 0;
  const kill = async (spared?: number) => {
    for (const one of await listTree(pid, spared)) signal(one, 'SIGKILL');
    if (!hasEnded(child)) await exited;
  };
  const stop = async () => {
    const tree = await listTree(pid);
    child.kill('SIGTERM');
    if (!hasEnded(child)) await Promise.race([exited, pause(STOPPED_WITHIN_MS, undefined, { ref: false })]);
    if (!hasEnded(child)) for (const one of tree) signal(one, 'SIGKILL');
    if (secrets.length > 0) throw new Error(`The server logged secrets:\n${secrets.slice(0, 10).join('\n')}`);
  };
  try {
    await waitUntilReady(child, options.readyUrl, options.readyWithinMs);
  } catch (error) {
    const processes = await describeTree(pid);
    // Asked to end, `npm start` prints what its processes have said so far.
    await stop().catch(() => {});
    throw new Error(`${options.args.join(' ')}: ${String(error)}\n${processes}\n${output}`);
  }
  return { pid, output: () => output, stop, kill };
}

/** Runs a Node program that is to end by itself. Throws when it has not after a minute. */
export async function runProgram(options: {
  args: string[];
  env: Record<string, string>;
}): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, options.args, {
    env: { ...inheritedEnvironment(), NODE_ENV: 'production', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: READY_WITHIN_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  await once(child, 'close');
  if (child.signalCode !== null) throw new Error(`${options.args.join(' ')} did not end.\n${output}`);
  return { code: child.exitCode, output };
}

function inheritedEnvironment(): Record<string, string> {
  const entries = INHERITED.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function waitUntilReady(
  child: ChildProcess,
  url: string,
  withinMs: number = READY_WITHIN_MS,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new Error(`ended with ${child.exitCode ?? child.signalCode}`);
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (response?.status === 200) return;
    await pause(50);
  }
  throw new Error(`not ready within ${withinMs} ms`);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** The process and everything below it, parents first. */
export async function listTree(root: number, spared?: number): Promise<number[]> {
  const processes = await listProcesses();
  const tree = [root];
  for (const parent of tree) {
    tree.push(
      ...processes.filter((one) => one.parent === parent && one.pid !== spared).map((one) => one.pid),
    );
  }
  return tree;
}

/** A line for each process of the tree: its state, how long it has existed, its processor time and its command. */
async function describeTree(root: number): Promise<string> {
  const args = ['-o', 'pid=,ppid=,stat=,etime=,time=,args=', '-p', (await listTree(root)).join(',')];
  // Without the program `ps`, as in small containers, there is no description.
  const { stdout } = await promisify(execFile)('ps', args).catch(() => ({ stdout: '' }));
  return stdout.trimEnd();
}

async function listProcesses(): Promise<{ pid: number; parent: number }[]> {
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
    return stdout.split('\n').map((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number);
      return { pid: pid ?? 0, parent: parent ?? 0 };
    });
  }
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    names.map(async (name) => {
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
      return { pid: Number(name), parent: Number(/\) \S (\d+)/.exec(stat)?.[1] ?? 0) };
    }),
  );
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
