import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { Agent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { RuntimeEvent } from './runtime';

/** `nobody`: the files of the host belong to another user. */
const NOBODY = 65_534;

export interface Invocation {
  method: string;
  url: string;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

export interface FunctionOptions {
  /** The Node binary. */
  node: string;
  /** The compiled `runtime.ts`. */
  runtime: string;
  handler: string;
  kind: 'node' | 'web';
  /** All variables that the function has. */
  variables: Record<string, string>;
  /** How many processes share the requests, in turn. */
  instances: number;
  maxDurationMs: number;
  logFile: string;
}

/** What a function does not answer is a 500, or a 504 if it took too long. */
export class InvocationError extends Error {
  constructor(
    readonly code: 'FUNCTION_INVOCATION_FAILED' | 'FUNCTION_INVOCATION_TIMEOUT',
    readonly status: 500 | 504,
    message: string,
  ) {
    super(message);
  }
}

interface Instance {
  child: ChildProcess;
  port: number;
  agent: Agent;
  /** Requests that are not answered, or after which it has still to do something. */
  busy: number;
  lastUsed: number;
}

/**
 * The instances of a function. The first requests start them, one each; then the one that has least to do takes
 * a request, and of those that have nothing to do the one that has waited longest. An instance that has nothing
 * to do is frozen, as on the host.
 */
export class FunctionInstances {
  readonly #options: FunctionOptions;
  readonly #instances: Promise<Instance>[] = [];
  #uses = 0;

  constructor(options: FunctionOptions) {
    this.#options = options;
  }

  async invoke(invocation: Invocation): Promise<IncomingMessage> {
    const instance = await this.#choose();
    instance.busy += 1;
    instance.lastUsed = ++this.#uses;
    instance.child.kill('SIGCONT');
    try {
      return await send(instance, invocation, this.#options.maxDurationMs);
    } catch (error) {
      // It may have crashed, and a function that takes too long is ended.
      instance.child.kill('SIGKILL');
      throw error;
    }
  }

  /** The ids of the processes that have started. */
  async processIds(): Promise<number[]> {
    const instances = await Promise.all(this.#instances);
    return instances.flatMap(({ child: { pid } }) => pid ?? []);
  }

  async stop(): Promise<void> {
    for (const starting of this.#instances.splice(0)) {
      const instance = await starting.catch(() => null);
      if (instance === null || hasEnded(instance.child)) continue;
      const exited = once(instance.child, 'exit');
      instance.child.kill('SIGKILL');
      await exited;
      instance.agent.destroy();
    }
  }

  async #choose(): Promise<Instance> {
    if (this.#instances.length < this.#options.instances) {
      const starting = this.#start();
      this.#instances.push(starting);
      const forget = () => {
        const index = this.#instances.indexOf(starting);
        if (index >= 0) this.#instances.splice(index, 1);
      };
      starting.then(({ child }) => child.once('exit', forget), forget);
      return starting;
    }
    const instances = await Promise.all(this.#instances);
    const [least] = instances.sort((one, other) => one.busy - other.busy || one.lastUsed - other.lastUsed);
    if (least === undefined) throw failure('no instance is running');
    return least;
  }

  async #start(): Promise<Instance> {
    const { node, runtime, handler, kind, variables, logFile } = this.#options;
    const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    // A path may be in the address twice, as what was asked for and as a parameter.
    const child = spawn(node, ['--max-http-header-size=131072', runtime, handler, kind], {
      cwd: '/',
      env: { ...variables } as unknown as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      ...asNobody,
    });
    const [stdout, stderr, events] = child.stdio.filter((stream) => stream instanceof Readable);
    if (!stdout || !stderr || !events) throw failure('the instance could not be started');
    for (const stream of [stdout, stderr]) stream.on('data', (text: Buffer) => appendFileSync(logFile, text));
    const agent = new Agent({ keepAlive: true, timeout: 0 });
    const instance = { child, port: 0, agent, busy: 0, lastUsed: 0 };
    return new Promise<Instance>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(failure(`the instance ended with ${code ?? signal}`)));
      createInterface({ input: events }).on('line', (line) => {
        const event = JSON.parse(line) as RuntimeEvent;
        if (event.name === 'settled') settle(instance);
        else resolve(Object.assign(instance, { port: event.port }));
      });
    });
  }
}

function settle(instance: Instance): void {
  instance.busy -= 1;
  if (instance.busy === 0) instance.child.kill('SIGSTOP');
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function failure(message: string): InvocationError {
  return new InvocationError('FUNCTION_INVOCATION_FAILED', 500, message);
}

function send({ port, agent }: Instance, invocation: Invocation, within: number): Promise<IncomingMessage> {
  const { method, url, headers, body } = invocation;
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: '127.0.0.1', port, agent, method, path: url, headers });
    const timer = setTimeout(() => {
      asked.destroy();
      reject(new InvocationError('FUNCTION_INVOCATION_TIMEOUT', 504, `no answer within ${within} ms`));
    }, within);
    asked.once('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    asked.once('error', (error) => {
      clearTimeout(timer);
      reject(failure(error.message));
    });
    asked.end(body);
  });
}
