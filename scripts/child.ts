import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

export interface Child {
  /** Lets it begin its work, with these additional variables: until then it only loads its code. */
  begin(variables: Record<string, string>): void;
  /** Resolves with a message for the user when the process has ended. */
  ended: Promise<string>;
  /** Asks the process to end, and kills it if it has not within `stopWithinMs`. */
  stop(): Promise<void>;
  /** Prints the process's output from now on, and discards its earlier output. */
  show(): void;
}

/**
 * Starts a Node process that ends with this one, for any cause. It has its own process group: Ctrl-C
 * reaches this process only, which then stops its children in order.
 */
export function startChild(options: {
  name: string;
  args: readonly string[];
  withParent: string;
  /** Added to `NODE_OPTIONS`, whose own options win. */
  nodeOptions: readonly string[];
  stopWithinMs: number;
  env: NodeJS.ProcessEnv;
}): Child {
  const loader = pathToFileURL(options.withParent).href;
  const child = spawn(process.execPath, ['--import', loader, ...options.args], {
    env: { ...options.env, NODE_OPTIONS: [...options.nodeOptions, options.env.NODE_OPTIONS ?? ''].join(' ') },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let shown = false;
  let stopping = false;
  let begun = false;
  const show = () => {
    shown = true;
    child.stdout?.pipe(process.stdout, { end: false });
  };
  // Its output before the failure may contain the reason. One that is stopped before it has begun has none.
  child.once('exit', () => shown || (stopping && !begun) || show());
  const ended = once(child, 'exit').then(
    ([code, signal]) => `${options.name} ended unexpectedly (${signal ?? `exit code ${code}`}).`,
    (error: Error) => `${options.name} could not be started: ${error.message}`,
  );
  return {
    ended,
    begin(variables) {
      begun = true;
      // One that has ended says so by `ended`.
      child.send(variables, () => {});
    },
    show() {
      child.stdout?.read();
      show();
    },
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const limit = new AbortController();
      const timer = sleep(options.stopWithinMs, 'late', { signal: limit.signal }).catch(() => 'cleared');
      if ((await Promise.race([ended, timer])) === 'late') {
        child.kill('SIGKILL');
        await ended;
      }
      limit.abort();
    },
  };
}
