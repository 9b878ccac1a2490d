import { DEFAULT_DRAIN_SECONDS } from './drain';
import {
  accentColour,
  addressRangeList,
  anyText,
  blobToken,
  bucketName,
  bucketRegion,
  decimalNumber,
  domainList,
  flag,
  headerPairs,
  headerSecret,
  httpOrigin,
  httpUrl,
  instanceName,
  lifetime,
  listenHost,
  longestLifetime,
  MAX_PASTE_KB,
  mailAddress,
  mailbox,
  objectPrefix,
  oneLine,
  oneOf,
  originList,
  parseFlag,
  postgresUrl,
  quota,
  secret,
  serviceUrl,
  smtpUrl,
  type Variable,
  wholeNumber,
} from './env-values';

const port = wholeNumber({ min: 1, max: 65_535 });

const VARIABLES = {
  NODE_ENV: oneOf(['development', 'production', 'test']).default('production'),
  /** Where users reach the service; every link starts with it. No trailing slash. */
  APP_URL: httpOrigin.default('http://localhost:3000'),
  DATABASE_URL: postgresUrl,
  /** The database itself, for migrations, where `DATABASE_URL` is a pooler. */
  DIRECT_URL: postgresUrl.optional(),
  /** Set when `DATABASE_URL` is a transaction-mode pooler, which cannot keep named statements. */
  DATABASE_POOLED: flag.default(false),
  DATABASE_POOL_SIZE: wholeNumber({ min: 1, max: 200 }).default(10),
  /** Keeps the embedded database although the service is public. */
  ALLOW_EMBEDDED: flag.default(false),
  /** Where a self-hosted service keeps its database, bodies, mail and secrets. */
  DATA_DIR: anyText.default('.data'),
  /** Folder of the filesystem driver; not used with `BLOB_READ_WRITE_TOKEN` or `S3_BUCKET`. */
  BLOB_DIR: anyText.default('.data/blobs'),
  /** Nothing is stored in the folder while less than this is free on its disk, in MiB; 0 does not look. */
  MIN_FREE_DISK_MB: wholeNumber({ min: 0, max: 100_000_000 }).default(100),
  BLOB_READ_WRITE_TOKEN: blobToken.optional(),
  /** Base of private blob reads; follows from the token unless a stand-in is used. */
  BLOB_READ_URL: httpUrl.optional(),
  /** Keeps bodies in a bucket of S3; together with the region and both parts of the key. */
  S3_BUCKET: bucketName.optional(),
  S3_REGION: bucketRegion.optional(),
  S3_ACCESS_KEY_ID: headerSecret(1).optional(),
  S3_SECRET_ACCESS_KEY: headerSecret(1).optional(),
  /** The address of a service other than Amazon S3. No trailing slash. */
  S3_ENDPOINT: serviceUrl.optional(),
  /** What the names of all objects begin with; ends with a slash. */
  S3_PREFIX: objectPrefix.default('bodies/'),
  /** Signing keys are derived from it. */
  AUTH_SECRET: secret(32),
  /** The previous secret: what it signed or encrypted can still be read; it signs nothing new. */
  AUTH_SECRET_PREVIOUS: secret(32).optional(),
  CRON_SECRET: headerSecret(16).optional(),
  /** What `/api/metrics` asks for; without it there are no metrics. */
  METRICS_TOKEN: headerSecret(16).optional(),
  /** Sends mail by Resend. */
  RESEND_API_KEY: headerSecret(1).optional(),
  /** Sends mail by SMTP: `smtp://user:password@host:587` or `smtps://…`. Not used with a Resend key. */
  SMTP_URL: smtpUrl.optional(),
  /** Where people write about abuse and security; `/.well-known/security.txt` and `/abuse` name it. */
  CONTACT_EMAIL: mailAddress.optional(),
  MAIL_FROM: mailbox.default('Sheaf <sheaf@localhost>'),
  /** Where mail is kept while there is no provider; `/outbox` shows it. */
  MAIL_DIR: anyText.default('.data/mail'),
  /** Counts limits in Upstash Redis instead of Postgres; both or neither. */
  UPSTASH_REDIS_REST_URL: httpUrl.optional(),
  UPSTASH_REDIS_REST_TOKEN: headerSecret(1).optional(),
  CORS_ORIGINS: originList.default([]),
  /** Addresses or CIDR ranges of reverse proxies whose `X-Forwarded-For` is believed. */
  TRUSTED_PROXIES: addressRangeList.default([]),
  /** Shared by the front and its Next child, generated at every start; lets the child trust the front. */
  FRONT_TOKEN: headerSecret(1).optional(),
  /** Where on 127.0.0.1 the front finds its Next child. */
  NEXT_PORT: port.optional(),
  RATE_LIMIT_SCALE: decimalNumber({ min: 0.001, max: 1_000_000 }).default(1),
  /** Multiplies the limits on texts that promote links; 0 does not look for them. */
  LINK_SPAM_SCALE: decimalNumber({ min: 0, max: 1_000_000 }).default(1),
  /** Who may create pastes; `staff` are moderators and administrators. */
  WHO_CAN_CREATE: oneOf(['everyone', 'members', 'staff', 'none']).default('everyone'),
  /** Who may read pastes of others: with `members`, also the people a paste is shared with. */
  WHO_CAN_READ: oneOf(['everyone', 'members']).default('everyone'),
  WHO_CAN_REGISTER: oneOf(['everyone', 'invited', 'none']).default('everyone'),
  /** Domains of the addresses that may register without an invitation; empty for any. */
  REGISTRATION_DOMAINS: domainList.default([]),
  /** Whether public pastes are listed: Explore, search, profiles, sitemap. */
  PUBLIC_FEED: flag.default(true),
  /** Whether public pastes of members who register from now on wait until a moderator has approved the member. */
  FIRST_PASTE_APPROVAL: flag.default(false),
  /** The longest lifetimes that can be chosen. A default lifetime that is longer is shortened to them. */
  MAX_LIFETIME_ANONYMOUS: longestLifetime.default('never'),
  MAX_LIFETIME_MEMBER: longestLifetime.default('never'),
  DEFAULT_LIFETIME_ANONYMOUS: lifetime.default('1w'),
  DEFAULT_LIFETIME_MEMBER: lifetime.default('never'),
  /** How often a self-hosted front sweeps; 0 turns the timer off. */
  SWEEP_INTERVAL_SECONDS: wholeNumber({ min: 0, max: 86_400 }).default(60),
  /** How long a self-hosted front waits at a stop for the requests in progress. */
  DRAIN_SECONDS: wholeNumber({ min: 0, max: 600 }).default(DEFAULT_DRAIN_SECONDS),
  /** The most text of one paste in KiB, over all its files. */
  MAX_PASTE_KB_ANONYMOUS: wholeNumber({ min: 1, max: MAX_PASTE_KB }).default(MAX_PASTE_KB),
  MAX_PASTE_KB_MEMBER: wholeNumber({ min: 1, max: MAX_PASTE_KB }).default(MAX_PASTE_KB),
  /** Quotas: the texts of all pastes and those of each member, in MiB, and how many pastes a member has. */
  MAX_STORED_MB: quota.optional(),
  MAX_STORED_MB_MEMBER: quota.optional(),
  MAX_PASTES_MEMBER: quota.optional(),
  /** What the instance is called on its pages and in its mail. */
  INSTANCE_NAME: instanceName.default('Sheaf'),
  /** The colour of links and buttons; `lib/core/accent.ts` derives the shades. */
  ACCENT: accentColour.optional(),
  /** One sentence in the footer of every page. */
  NOTICE: oneLine(300).optional(),
  /** Links in the footer. */
  IMPRINT_URL: httpUrl.optional(),
  TERMS_URL: httpUrl.optional(),
  PRIVACY_URL: httpUrl.optional(),
  /** Whether browsers keep the composer for use without a network; 0 takes the worker out of those that have it. */
  SERVICE_WORKER: flag.default(true),
  /** Where spans are sent as OTLP over HTTP, to `/v1/traces` below it; without it there is no tracing. */
  OTEL_EXPORTER_OTLP_ENDPOINT: serviceUrl.optional(),
  /** The complete address for spans. */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: serviceUrl.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: oneOf(['http/json']).default('http/json'),
  OTEL_EXPORTER_OTLP_HEADERS: headerPairs.optional(),
  OTEL_SERVICE_NAME: oneLine(100).default('sheaf'),
  OTEL_TRACES_SAMPLER: oneOf([
    'always_on',
    'always_off',
    'traceidratio',
    'parentbased_always_on',
    'parentbased_always_off',
    'parentbased_traceidratio',
  ]).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: decimalNumber({ min: 0, max: 1 }).optional(),
  OTEL_SDK_DISABLED: flag.default(false),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  PORT: port.default(3000),
  HOST: listenHost.default('127.0.0.1'),
  VERCEL: flag.default(false),
};

type Formats = typeof VARIABLES;

export type Env = {
  [Name in keyof Formats]: Formats[Name] extends Variable<infer T> ? T : never;
};

type Variables = Record<string, string | undefined>;

/** Never shown: secrets, and addresses that may contain a password. */
const HIDDEN = /SECRET|TOKEN|KEY|HEADERS|DATABASE_URL|DIRECT_URL|SMTP_URL|UPSTASH|BLOB_READ_URL/;
const SHOWN_CHARACTERS = 80;

const S3_REQUIRED = ['S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
const S3_OPTIONAL = ['S3_ENDPOINT', 'S3_PREFIX'];

let cached: Env | undefined;

/** The validated configuration. Throws an error with one sentence for every wrong variable. */
export function env(): Env {
  if (cached) return cached;
  cached = parseEnv(process.env);
  // Left alone, the SDK of Vercel Blob tries ten times, long past our own deadline.
  process.env.VERCEL_BLOB_RETRIES ??= '1';
  // Left alone, Auth.js believes the Host header about where it is.
  process.env.AUTH_URL = cached.APP_URL;
  return cached;
}

export function parseEnv(source: Variables): Env {
  const variables = withoutEmpty(source);
  const { values, faults } = readVariables(variables);
  faults.push(...findCombinationFaults(variables));
  if (faults.length > 0) throw new Error(describeFaults(faults));
  return values as Env;
}

/** One sentence for every variable that is wrong or missing, beginning with its name. */
export function findEnvFaults(source: Variables = process.env): string[] {
  const variables = withoutEmpty(source);
  return [...readVariables(variables).faults, ...findCombinationFaults(variables)];
}

export function describeFaults(faults: readonly string[]): string {
  return `Sheaf cannot start with this configuration:\n${faults.map((fault) => `  ${fault}`).join('\n')}`;
}

/** An empty value counts as not set. */
export function withoutEmpty(source: Variables): Variables {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
}

/** The database that migrations are applied to; undefined without `DATABASE_URL`, where Sheaf uses one of its own. */
export function migrationUrl(source: Variables): string | undefined {
  const { DIRECT_URL, DATABASE_URL } = withoutEmpty(source);
  return DATABASE_URL === undefined ? undefined : (DIRECT_URL ?? DATABASE_URL);
}

function readVariables(variables: Variables): { values: Record<string, unknown>; faults: string[] } {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, variable] of Object.entries<Variable<unknown>>(VARIABLES)) {
    const text = variables[name];
    const reading = variable.read(text);
    if ('fault' in reading) faults.push(`${name} ${reading.fault}${describeValue(name, text)}.`);
    else if (reading.value !== undefined) values[name] = reading.value;
  }
  return { values, faults };
}

function describeValue(name: string, value: string | undefined): string {
  if (value === undefined || HIDDEN.test(name) || value.includes('@')) return '';
  const text = value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value;
  return `, not ${JSON.stringify(text)}`;
}

function findCombinationFaults(variables: Variables): string[] {
  const faults: string[] = [];
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = variables;
  if (url !== undefined && token === undefined) {
    faults.push('UPSTASH_REDIS_REST_TOKEN must be set together with UPSTASH_REDIS_REST_URL.');
  }
  if (url === undefined && token !== undefined) {
    faults.push('UPSTASH_REDIS_REST_URL must be set together with UPSTASH_REDIS_REST_TOKEN.');
  }
  faults.push(...findS3Faults(variables));
  if (!parseFlag(variables.VERCEL ?? '')) return faults;
  if (variables.RESEND_API_KEY === undefined && variables.SMTP_URL === undefined) {
    faults.push('RESEND_API_KEY or SMTP_URL must be set on a serverless host, where local mail is lost.');
  }
  if (variables.BLOB_READ_WRITE_TOKEN === undefined && variables.S3_BUCKET === undefined) {
    faults.push(
      'BLOB_READ_WRITE_TOKEN or S3_BUCKET must be set on a serverless host, whose disk does not last.',
    );
  }
  return faults;
}

function findS3Faults(variables: Variables): string[] {
  const present = [...S3_REQUIRED, ...S3_OPTIONAL].filter((name) => variables[name] !== undefined);
  if (present.length === 0) return [];
  const faults = S3_REQUIRED.filter((name) => variables[name] === undefined).map(
    (name) => `${name} must be set together with ${present[0]}.`,
  );
  if (variables.BLOB_READ_WRITE_TOKEN !== undefined) {
    faults.push(`${present[0]} cannot be set together with BLOB_READ_WRITE_TOKEN: bodies are in one store.`);
  }
  return faults;
}
