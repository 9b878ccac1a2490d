import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 15_000;
const OUTPUT_KEPT = 16_000;

/** What a program needs of the environment; nothing by which the developer's own Sheaf is configured. */
const INHERITED = ['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG', 'NODE_EXTRA_CA_CERTS', 'SystemRoot'];

export interface Server {
  /** The last of what it printed. */
  output(): string;
  /** Asks the program to end and waits for it; whatever is then left of its process tree is killed. */
  stop(): Promise<void>;
  /** Ends the whole process tree at once, as a power cut would. */
  kill(): Promise<void>;
}

/**
 * Starts a Node program in a process group of its own and waits until `readyUrl` answers 200. Throws with
 * what it printed when it ends first.
 */
export async function startServer(options: {
  args: string[];
  env: Record<string, string>;
  readyUrl: string;
}): Promise<Server> {
  const child = spawn(process.execPath, options.args, {
    detached: true,
    env: { ...inheritedEnvironment(), NODE_ENV: 'production', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-OUTPUT_KEPT);
    });
  }
  const server: Server = {
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      await Promise.race([exited, pause(STOPPED_WITHIN_MS, undefined, { ref: false })]);
      await killGroup(child, exited);
    },
    kill: () => killGroup(child, exited),
  };
  try {
    await waitUntilReady(child, options.readyUrl);
    return server;
  } catch (error) {
    await server.kill();
    throw new Error(`${options.args.join(' ')}: ${String(error)}\n${output}`);
  }
}

function inheritedEnvironment(): Record<string, string> {
  const entries = INHERITED.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function waitUntilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new Error(`ended with ${child.exitCode ?? child.signalCode}`);
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (response?.status === 200) return;
    await pause(50);
  }
  throw new Error(`not ready within ${READY_WITHIN_MS} ms`);
}

async function killGroup(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
  await exited;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
