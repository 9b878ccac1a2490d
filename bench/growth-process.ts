import pg from 'pg';
import type { Measurement } from './growth';
import { HEAVY_OWNER } from './growth-fill';

const WARM_UP = 20;
const RUNS = 100;
const SETTING = /^(?:begin|commit|rollback)/;

interface Scenario {
  name: string;
  /** `flat`: as fast with a million pastes as with a thousand. `bounded`: within 100 ms. */
  goal: Measurement['goal'];
  /** What its statements read; each must be in the plan of one of them. */
  indexes: string[];
  run: (round: number) => Promise<unknown>;
}

interface Statement {
  text: string;
  values: unknown[];
}

let recorded: Statement[] | null = null;

/** Runs with the database and the number of pastes in its arguments, and prints a `Measurement[]` as JSON. */
async function main(): Promise<void> {
  const [, , url = '', size = '', now = ''] = process.argv;
  Object.assign(process.env, {
    NODE_ENV: 'test',
    DATABASE_URL: url,
    AUTH_SECRET: 'a secret of the growth benchmark only',
    LOG_LEVEL: 'silent',
  });
  recordStatements();
  const { disconnect } = await import('../lib/core/db');
  const explainer = new pg.Client({ connectionString: url });
  await explainer.connect();
  const measurements: Measurement[] = [];
  for (const scenario of await listScenarios(Number(size), new Date(now))) {
    measurements.push(await measure(scenario, explainer));
  }
  await explainer.query('update pastes set deleted_at = null where deleted_at is not null');
  await explainer.end();
  await disconnect();
  console.log(JSON.stringify(measurements));
}

async function listScenarios(size: number, now: Date): Promise<Scenario[]> {
  const lists = await import('../lib/pastes/list-queries');
  const { encodeCursor } = await import('../lib/pastes/cursor');
  const { findPaste } = await import('../lib/pastes/queries');
  const { queueDeletedFiles, removeEmptiedPastes, tombstoneExpired } = await import('../lib/pastes/purge');
  const { listSitemapDays, listSitemapPastes } = await import('../lib/pastes/sitemap');
  const slugOf = (n: number) => `G${String(n).padStart(11, '0')}`;
  const required = async (n: number) => {
    const paste = await findPaste(slugOf(n), now);
    if (!paste) throw new Error(`the paste ${slugOf(n)} was not found`);
    return paste;
  };
  const middle = await required(size / 2);
  const cursor = encodeCursor({ key: middle.createdAt.toISOString(), id: middle.id });
  const feed = (filter: object) => () => lists.listPublicPastes({ limit: 20, ...filter }, now);
  const own = (filter: object) => () =>
    lists.listOwnPastes(HEAVY_OWNER, { limit: 20, sort: 'newest', ...filter }, now);
  const flat = (name: string, index: string, run: Scenario['run']): Scenario => ({
    name,
    goal: 'flat',
    indexes: [index],
    run,
  });
  const bounded = (name: string, indexes: string[], run: Scenario['run']): Scenario => ({
    name,
    goal: 'bounded',
    indexes,
    run,
  });
  const [walk, search] = ['pastes_feed_idx', 'pastes_haystack_idx'];
  const byLanguage = 'feed_languages_language_created_at_paste_id_idx';
  return [
    flat('paste by slug', 'pastes_slug_key', (round) => required(1 + ((round * 7_919) % size))),
    flat('feed', walk, feed({})),
    flat('feed, half-way', walk, feed({ cursor })),
    flat('profile', 'pastes_profile_idx', feed({ ownerId: HEAVY_OWNER })),
    flat('own list', 'pastes_owner_newest_idx', own({})),
    flat('own list by change', 'pastes_owner_changed_idx', own({ sort: 'changed' })),
    flat('own list by expiry', 'pastes_owner_expiring_idx', own({ sort: 'expiring' })),
    flat('own list by title', 'pastes_owner_title_idx', own({ sort: 'title' })),
    flat('languages of the feed', byLanguage, () => lists.listPublicLanguages(now)),
    flat('sitemap index', walk, () => listSitemapDays()),
    bounded('sitemap of a day', [walk], () => listSitemapPastes(now.toISOString().slice(0, 10), now)),
    bounded('own languages', ['pastes_owner_newest_idx'], () => lists.listOwnLanguages(HEAVY_OWNER, now)),
    bounded('search, common word', [walk], feed({ q: 'report' })),
    bounded('search, rare word', [walk, search], feed({ q: 'needle' })),
    bounded('search, word of old pastes', [walk], feed({ q: 'archived' })),
    bounded('search, no hit', [walk, search], feed({ q: 'absent' })),
    bounded('search, no hit, common parts', [walk], feed({ q: 'port rep' })),
    bounded('search, 1 character', [walk], feed({ q: 'r' })),
    bounded('search, 1 character, no hit', [walk], feed({ q: '☃' })),
    bounded('search, 2 characters', [walk], feed({ q: 're' })),
    bounded('search, 2 characters, no hit', [walk], feed({ q: 'zz' })),
    bounded('search, %', [walk], feed({ q: '%' })),
    bounded('search, \\', [walk], feed({ q: '\\' })),
    bounded('search, 200 characters', [walk, search], feed({ q: 'notes '.repeat(34).slice(0, 200) })),
    bounded('language, common', [byLanguage], feed({ language: 'typescript' })),
    bounded('language, rare', [byLanguage], feed({ language: 'cobol' })),
    bounded('language, none', [byLanguage], feed({ language: 'fortran' })),
    bounded('language and rare word', [byLanguage], feed({ language: 'typescript', q: 'needle' })),
    bounded('own search, common word', ['pastes_owner_newest_idx'], own({ q: 'notes' })),
    bounded('own search, word of others', ['pastes_owner_newest_idx'], own({ q: 'report' })),
    bounded('own search, rare word', ['pastes_owner_newest_idx', search], own({ q: 'needle' })),
    bounded('own search, no hit', ['pastes_owner_newest_idx', search], own({ q: 'absent' })),
    bounded('own search, no hit, by title', ['pastes_owner_title_idx'], own({ q: 'absent', sort: 'title' })),
    bounded('own language, rare', ['pastes_owner_newest_idx'], own({ language: 'cobol' })),
    bounded('expiry, nothing due', ['pastes_expiring_idx', 'pastes_burned_idx'], () => tombstoneExpired(now)),
    bounded('files of deleted pastes', ['pastes_deleted_idx'], () => queueDeletedFiles(now)),
    bounded('rows of deleted pastes', ['pastes_deleted_idx'], () => removeEmptiedPastes()),
    bounded('expiry, a batch due', ['pastes_expiring_idx'], () =>
      tombstoneExpired(new Date(now.getTime() + 86_400_000 * 400)),
    ),
  ];
}

async function measure(scenario: Scenario, explainer: pg.Client): Promise<Measurement> {
  const { name, goal, indexes, run } = scenario;
  recorded = [];
  await run(0);
  const statements = recorded;
  recorded = null;
  const plans = await explain(explainer, statements);
  for (let round = 1; round <= WARM_UP; round += 1) await run(round);
  const times: number[] = [];
  for (let round = 1; round <= RUNS; round += 1) {
    const start = performance.now();
    await run(round);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(RUNS - 1, Math.floor(RUNS * share))] ?? 0;
  const missing = indexes.filter((index) => !plans.includes(`"${index}"`));
  const scans = [...plans.matchAll(/"Seq Scan",[^{}]*?"Relation Name": "(\w+)"/g)].map(([, table]) => table);
  const large = scans.filter((table) => table !== 'users');
  return { name, goal, p50: at(0.5), p95: at(0.95), missing, scans: [...new Set(large)].map(String) };
}

/** The plans of the statements, as JSON in one text. */
async function explain(client: pg.Client, statements: readonly Statement[]): Promise<string> {
  const plans: unknown[] = [];
  for (const { text, values } of statements) {
    if (SETTING.test(text)) await client.query(text);
    else plans.push((await client.query(`explain (format json) ${text}`, values)).rows);
  }
  return JSON.stringify(plans, null, 1);
}

function recordStatements(): void {
  const send = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, ...args: unknown[]) {
      const [query, values] = args;
      const { text, values: own } =
        typeof query === 'string' ? { text: query, values: undefined } : (query as Partial<Statement>);
      recorded?.push({ text: (text ?? '').trim(), values: own ?? (Array.isArray(values) ? values : []) });
      return send.apply(this, args);
    },
  });
}

await main();
