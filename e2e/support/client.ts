import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, runOnTerminal, runTool } from './terminal';

type Answers = readonly (readonly [prompt: string, answer: string])[];

/** The terminal client as an instance serves it, in a folder of its own. */
export class Client {
  private constructor(readonly folder: string) {}

  static async download(url: string): Promise<Client> {
    const folder = await mkdtemp(join(tmpdir(), 'sheaf-client-'));
    const served = await fetch(`${url}/sheaf.mjs`);
    await writeFile(join(folder, 'sheaf.mjs'), await served.text());
    return new Client(folder);
  }

  /** Runs it in its folder, without a terminal. */
  run(args: readonly string[], { stdin = '' as string | Uint8Array, env = {} } = {}): Promise<Ended> {
    const command = [process.execPath, join(this.folder, 'sheaf.mjs'), ...args];
    return runTool(['setsid', '--wait', ...command], {
      cwd: this.folder,
      stdin,
      env: { ...this.#home(), ...env },
    });
  }

  /** Runs it and returns its output; throws if it fails. */
  async ask(
    args: readonly string[],
    options: { stdin?: string | Uint8Array; env?: object } = {},
  ): Promise<Buffer> {
    const { code, stdout, stderr } = await this.run(args, options);
    if (code !== 0) throw new Error(`sheaf ${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout;
  }

  /** Runs it in a shell on a terminal; `args` are shell words. */
  type(args: string, answers: Answers): Promise<{ code: number | null; shown: string }> {
    const command = `exec '${process.execPath}' sheaf.mjs ${args}`;
    return runOnTerminal(command, { cwd: this.folder, env: this.#home(), answers });
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }

  #home(): Record<string, string> {
    return { HOME: this.folder };
  }
}
