import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { stopPostmaster } from '../../server/postgres/postmaster';
import { isPostmasterOf, readPostmaster } from '../../server/postgres/postmaster-file';
import { adoptDatabase, type Cleanup, startFront } from './mounts';
import { query } from './storage';

export const AUTHORS = 200;
/** A cycle ends in the midst of many operations, after so many that were acknowledged. */
const ACKNOWLEDGED = { min: 300, max: 600 };
const BACK_WITHIN_MS = 60_000;
/** Longer than `npm start` waits for its own processes, so that it says what it has waited for. */
const STARTS_WITHIN_MS = 180_000;
const MAX_BYTES = 10_000;
/** A text is asked for so often while the answer is 503. */
const READ_TRIES = 5;
const RETRY_AFTER_MS = 1_000;

/** What is killed with SIGKILL: the processes of `npm start`, the embedded Postgres, or all of them. */
export const KILLS = ['process', 'database', 'both'] as const;
export type Kill = (typeof KILLS)[number];

const createdShape = z.looseObject({ slug: z.string(), edit_key: z.string() });

/** A paste and what it may be: the hash of its text after each operation that may have been carried out, or deleted. */
interface Known {
  editKey: string;
  may: Set<string>;
}

const DELETED = 'deleted';

export interface CycleResult {
  kill: Kill;
  /** Creates, edits and deletes that were acknowledged in this cycle. */
  acknowledged: number;
  /** Those that were not, and may have been carried out or not, as a whole. */
  unknown: number;
  /** Milliseconds from the kill until the service answered again. */
  backAfterMs: number;
  /** In words, everything that is not as it was acknowledged. */
  faults: string[];
}

/**
 * An instance with its own database and folder that is killed while it is written to, and then asked for everything
 * that it has acknowledged, byte by byte.
 */
export class DurabilityTest {
  readonly #known = new Map<string, Known>();
  /** Hashes of texts whose creates were not acknowledged. */
  readonly #unacknowledged = new Set<string>();

  private constructor(
    readonly dataFolder: string,
    /** After a cycle it may be another one: Postgres may have got another port. */
    public databaseUrl: string,
    readonly url: string,
    private readonly postgresFolder: string,
    private server: Awaited<ReturnType<typeof startFront>>,
  ) {}

  /** @param dataFolder an empty one, which the caller removes */
  static async start(dataFolder: string, cleanup: Cleanup): Promise<DurabilityTest> {
    const server = await start({ dataFolder });
    const { home, url } = await adoptDatabase(dataFolder);
    const test = new DurabilityTest(dataFolder, url, server.url, join(home, 'cluster/data'), server);
    cleanup.add(() => test.#stop());
    return test;
  }

  /** Also a Postgres that was spared by a kill, and that no start has taken over. */
  async #stop(): Promise<void> {
    await this.server.stop();
    const left = await readPostmaster(this.postgresFolder);
    if (left && (await isPostmasterOf(this.postgresFolder, left.pid))) {
      await stopPostmaster(this.postgresFolder, left.pid);
    }
  }

  /** Writes, kills, waits until the service is back, and checks all pastes of this cycle. */
  async runCycle(kill: Kill): Promise<CycleResult> {
    const load = new Load(this.url, this.#known, this.#unacknowledged);
    await load.reach(ACKNOWLEDGED.min + Math.floor(Math.random() * (ACKNOWLEDGED.max - ACKNOWLEDGED.min)));
    const begun = performance.now();
    await this.#kill(kill);
    await load.stop();
    if (kill !== 'database') await this.#restart();
    await this.#waitUntilReady();
    const backAfterMs = performance.now() - begun;
    this.databaseUrl = (await adoptDatabase(this.dataFolder)).url;
    const { acknowledged, unknown, touched } = load;
    const faults = [...load.faults, ...(await this.check(touched)), ...(await this.#checkOthers())];
    return { kill, acknowledged, unknown, backAfterMs, faults };
  }

  /** Compares pastes with what is known of them, by default all. @returns what is wrong, in words */
  async check(slugs: Iterable<string> = this.#known.keys()): Promise<string[]> {
    const faults: string[] = [];
    for (const slug of slugs) {
      const known = this.#known.get(slug);
      const found = await this.#read(slug);
      if (!known?.may.has(found))
        faults.push(`${slug} is ${found}, not ${[...(known?.may ?? [])].join(' or ')}`);
      else known.may = new Set([found]);
    }
    return faults;
  }

  /** What was stored and never acknowledged is whole as well. */
  async #checkOthers(): Promise<string[]> {
    const rows = await query<{ slug: string }>(
      this.databaseUrl,
      'select slug from pastes where deleted_at is null',
    );
    const faults: string[] = [];
    for (const { slug } of rows.filter((row) => !this.#known.has(row.slug))) {
      const found = await this.#read(slug);
      if (!this.#unacknowledged.has(found)) faults.push(`${slug} is ${found}, which was not sent`);
      this.#known.set(slug, { editKey: '', may: new Set([found]) });
    }
    return faults;
  }

  /** A 503 asks for another try, and says nothing of what is stored. */
  async #read(slug: string, triesLeft = READ_TRIES): Promise<string> {
    const answer = await fetch(`${this.url}/${slug}/raw`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (answer.status === 200) return hashOf(bytes);
    if (answer.status === 503 && triesLeft > 1) {
      await pause(RETRY_AFTER_MS);
      return this.#read(slug, triesLeft - 1);
    }
    return answer.status === 404 ? DELETED : `an answer with ${answer.status}`;
  }

  async #kill(kill: Kill): Promise<void> {
    const postmaster = await readPostmaster(this.postgresFolder);
    if (!postmaster) throw new Error('The database is not running.');
    if (kill === 'process') return this.server.kill(postmaster.pid);
    if (kill === 'both') return this.server.kill();
    process.kill(postmaster.pid, 'SIGKILL');
    const isBack = async () => {
      const next = await readPostmaster(this.postgresFolder);
      return next !== null && next.pid !== postmaster.pid;
    };
    await waitFor(isBack, 'the database is not back');
  }

  async #restart(): Promise<void> {
    const port = Number(new URL(this.url).port);
    this.server = await start({ dataFolder: this.dataFolder, port });
  }

  #waitUntilReady(): Promise<void> {
    const isReady = async () => (await fetch(`${this.url}/api/ready`)).status === 200;
    return waitFor(isReady, 'the service is not ready');
  }
}

function start(options: { dataFolder: string; port?: number }) {
  const env = { SWEEP_INTERVAL_SECONDS: '0' };
  return startFront({ ...options, env, readyWithinMs: STARTS_WITHIN_MS });
}

async function waitFor(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (const deadline = Date.now() + BACK_WITHIN_MS; Date.now() < deadline; await pause(20)) {
    if (await isSo().catch(() => false)) return;
  }
  throw new Error(`After ${BACK_WITHIN_MS} ms ${otherwise}.`);
}

/** Many authors at the same time, each of which creates, edits and deletes its own pastes. */
class Load {
  acknowledged = 0;
  unknown = 0;
  readonly touched = new Set<string>();
  readonly faults: string[] = [];
  readonly #authors: Promise<void>[];
  #isStopped = false;

  constructor(
    private readonly url: string,
    private readonly known: Map<string, Known>,
    private readonly unacknowledged: Set<string>,
  ) {
    this.#authors = Array.from({ length: AUTHORS }, () => this.#write());
  }

  async reach(acknowledged: number): Promise<void> {
    await waitFor(
      async () => this.acknowledged >= acknowledged,
      `fewer than ${acknowledged} were acknowledged`,
    );
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#authors);
  }

  async #write(): Promise<void> {
    const own: string[] = [];
    while (!this.#isStopped) {
      const turn = Math.random();
      const slug = turn < 0.5 ? undefined : own.splice(Math.floor(Math.random() * own.length), 1)[0];
      const isCertain =
        slug === undefined ? await this.#create(own) : await this.#change(slug, own, turn > 0.85);
      if (isCertain) this.acknowledged += 1;
      else {
        this.unknown += 1;
        await pause(50);
      }
    }
  }

  async #create(own: string[]): Promise<boolean> {
    const content = newText();
    const hash = hashOf(content);
    this.unacknowledged.add(hash);
    const answer = await this.#send('/api/v1/pastes', { method: 'POST', body: { content }, success: 201 });
    if (answer === null) return false;
    const { slug, edit_key: editKey } = createdShape.parse(JSON.parse(answer));
    this.unacknowledged.delete(hash);
    this.known.set(slug, { editKey, may: new Set([hash]) });
    this.touched.add(slug);
    own.push(slug);
    return true;
  }

  /** Whatever is not acknowledged is left alone from then on. */
  async #change(slug: string, own: string[], isDelete: boolean): Promise<boolean> {
    const known = this.known.get(slug);
    if (!known) throw new Error('unreachable: it was created here');
    const content = newText();
    const after = isDelete ? DELETED : hashOf(content);
    known.may.add(after);
    const request = isDelete
      ? { method: 'DELETE', success: 204 }
      : { method: 'PATCH', body: { content }, success: 200 };
    const answer = await this.#send(`/api/v1/pastes/${slug}`, { ...request, editKey: known.editKey });
    if (answer === null) return false;
    known.may = new Set([after]);
    if (!isDelete) own.push(slug);
    return true;
  }

  /** @returns null if the connection broke or the service said that it is unavailable */
  async #send(
    path: string,
    options: { method: string; body?: object; editKey?: string; success: number },
  ): Promise<string | null> {
    const { method, body, editKey, success } = options;
    const headers = { 'content-type': 'application/json', ...(editKey && { 'x-edit-key': editKey }) };
    try {
      const answer = await fetch(this.url + path, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (answer.status === success) return text;
      if (answer.status !== 503) this.faults.push(`${method} ${path}: ${answer.status} ${text}`);
    } catch {
      // Killed.
    }
    return null;
  }
}

function hashOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('base64');
}

function newText(): string {
  return `${randomBytes(Math.floor(Math.random() * MAX_BYTES)).toString('base64')}\r\n${randomBytes(8).toString('hex')}`;
}
