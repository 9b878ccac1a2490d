import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  code: number | null;
  stdout: Buffer;
  stderr: string;
}

interface Running {
  cwd: string;
  env?: Record<string, string>;
  stdin?: string | Uint8Array;
}

const WITHIN_MS = 100_000;

/** Runs a program to its end. */
export async function runTool(command: readonly string[], { cwd, env, stdin = '' }: Running): Promise<Ended> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env },
    timeout: WITHIN_MS,
  });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A program may end without reading all of it.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  await once(child, 'close');
  return { code: child.exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

/**
 * Runs a shell command on a pseudo-terminal and types each answer, and Enter, after its prompt.
 * @returns what the terminal showed
 */
export async function runOnTerminal(
  command: string,
  { cwd, env, answers }: Running & { answers: readonly (readonly [prompt: string, answer: string])[] },
): Promise<{ code: number | null; shown: string }> {
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, SHELL: '/bin/bash', ...env },
    timeout: WITHIN_MS,
  });
  let [shown, from] = ['', 0];
  const left = [...answers];
  child.stdin.on('error', () => {});
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    for (let [next] = left; next; [next] = left) {
      const at = shown.indexOf(next[0], from);
      if (at < 0) return;
      from = at + next[0].length;
      left.shift();
      child.stdin.write(`${next[1]}\r`);
    }
  });
  await once(child, 'close');
  return { code: child.exitCode, shown };
}
