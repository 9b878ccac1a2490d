import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ReadStream, WriteStream } from 'node:tty';
import { Failure } from './failure';

interface Terminal {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  close(): void;
}

/**
 * Asks on the terminal, also where standard input and output are pipes. What is typed is not shown if `hidden`.
 * @returns null without a terminal
 * @throws Failure interrupted
 */
export async function askOnTerminal(prompt: string, { hidden = false } = {}): Promise<string | null> {
  const terminal = openTerminal();
  if (terminal === null) return null;
  const { input, output } = terminal;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: hidden ? nowhere : output, terminal: true, historySize: 0 });
  // Now that the terminal does not show what is typed.
  if (hidden) output.write(prompt);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.on('SIGINT', () => reject(new Failure('interrupted', '')));
      lines.on('close', () => reject(new Failure('interrupted', '')));
      lines.question(hidden ? '' : prompt, resolve);
    });
  } finally {
    lines.close();
    if (hidden) output.write('\n');
    terminal.close();
  }
}

function openTerminal(): Terminal | null {
  try {
    const [reading, writing] = [openSync('/dev/tty', 'r'), openSync('/dev/tty', 'w')];
    const [input, output] = [new ReadStream(reading), new WriteStream(writing)];
    const close = () => {
      input.destroy();
      output.destroy();
    };
    return { input, output, close };
  } catch {
    // Windows has no such file.
    const { stdin, stderr } = process;
    return stdin.isTTY && stderr.isTTY ? { input: stdin, output: stderr, close: () => stdin.pause() } : null;
  }
}
