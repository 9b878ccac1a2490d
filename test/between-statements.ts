import pg from 'pg';

/** The code of PostgreSQL for a lock that is not free in time. */
const LOCK_NOT_AVAILABLE = '55P03';

type Query = (this: unknown, ...args: unknown[]) => unknown;

interface Plan {
  /** How many statements of the app come first. */
  after: number;
  statements: readonly string[];
}

/**
 * Runs statements of another client right before a given statement of the app, so that a test can try every order of
 * the two. Create it before the app opens connections, which bind the method that it replaces.
 */
export class BetweenStatements {
  readonly #prototype = pg.Client.prototype as unknown as { query: Query };
  readonly #query = this.#prototype.query;
  #client: pg.Client | undefined;
  #plan: Plan | null = null;
  #hasRun = false;

  constructor() {
    const between = this;
    this.#prototype.query = function query(...args) {
      const due = between.#takeDue();
      if (due === null) return between.#query.apply(this, args);
      const ran = between.#run(due).then(() => between.#query.apply(this, args));
      // With a callback the driver returns nothing.
      return args.some((arg) => typeof arg === 'function') ? undefined : ran;
    };
  }

  /**
   * @param after how many statements `work` sends before the given ones run, in one transaction. They are rolled back
   *   if they would have to wait for `work`.
   * @returns whether `work` sent more than `after`
   */
  async during(work: () => Promise<void>, plan: Plan): Promise<boolean> {
    this.#hasRun = false;
    this.#plan = { ...plan };
    await work();
    this.#plan = null;
    return this.#hasRun;
  }

  async close(): Promise<void> {
    this.#prototype.query = this.#query;
    await this.#client?.end();
  }

  #takeDue(): Plan | null {
    const plan = this.#plan;
    if (plan === null) return null;
    plan.after -= 1;
    if (plan.after >= 0) return null;
    this.#plan = null;
    return plan;
  }

  async #run({ statements }: Plan): Promise<void> {
    this.#hasRun = true;
    const send = await this.#connect();
    try {
      await send('begin');
      for (const statement of statements) await send(statement);
      await send('commit');
    } catch (error) {
      await send('rollback');
      if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
    }
  }

  async #connect(): Promise<(statement: string) => Promise<unknown>> {
    const client = this.#client ?? new pg.Client({ connectionString: process.env.DATABASE_URL });
    const send = async (statement: string) => this.#query.call(client, statement);
    if (this.#client === undefined) {
      this.#client = client;
      await client.connect();
      await send(`set lock_timeout = '20ms'`);
    }
    return send;
  }
}
