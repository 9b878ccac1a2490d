import { z } from 'zod';

const flag = z.stringbool({ truthy: ['1', 'true', 'yes', 'on'], falsy: ['0', 'false', 'no', 'off', ''] });
const list = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean));

const envSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
    /** Where users reach the service; every link is made from it. No trailing slash. */
    APP_URL: z
      .url({ protocol: /^https?$/ })
      .default('http://localhost:3000')
      .transform((url) => url.replace(/\/+$/, '')),
    DATABASE_URL: z.string().min(1),
    /** Set when `DATABASE_URL` is a transaction-mode pooler, which cannot keep named statements. */
    DATABASE_POOLED: flag.default(false),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
    /** Folder of the filesystem driver; not used when `BLOB_READ_WRITE_TOKEN` is set. */
    BLOB_DIR: z.string().default('.data/blobs'),
    BLOB_READ_WRITE_TOKEN: z.string().optional(),
    /** Base of private blob reads; follows from the token unless a stand-in is used. */
    BLOB_READ_URL: z.url().optional(),
    /** At least 32 characters; signing keys are derived from it. */
    AUTH_SECRET: z.string().min(32),
    /** The secret before the present one: what it signed or sealed is still read, nothing new is made with it. */
    AUTH_SECRET_PREVIOUS: z.string().min(32).optional(),
    CRON_SECRET: z.string().min(16).optional(),
    /** Sends mail by Resend. */
    RESEND_API_KEY: z.string().optional(),
    /** Sends mail by SMTP: `smtp://user:password@host:587` or `smtps://…`. Not used with a Resend key. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().min(3).default('Sheaf <sheaf@localhost>'),
    /** Where mail is kept while there is no provider; `/outbox` shows it. */
    MAIL_DIR: z.string().default('.data/mail'),
    /** Counts limits in Upstash Redis instead of Postgres; both or neither. */
    UPSTASH_REDIS_REST_URL: z.url({ protocol: /^https?$/ }).optional(),
    UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
    CORS_ORIGINS: list,
    /** Addresses or CIDR ranges of reverse proxies whose `X-Forwarded-For` is believed. */
    TRUSTED_PROXIES: list,
    /** Shared by the front and its Next child, made anew at every start; lets the child believe the front. */
    FRONT_TOKEN: z.string().optional(),
    /** Where on 127.0.0.1 the front finds its Next child. */
    NEXT_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
    RATE_LIMIT_SCALE: z.coerce.number().positive().default(1),
    DEFAULT_LIFETIME_ANONYMOUS: z.string().default('1w'),
    DEFAULT_LIFETIME_MEMBER: z.string().default('never'),
    /** How often a self-hosted front sweeps; 0 turns the timer off. */
    SWEEP_INTERVAL_SECONDS: z.coerce.number().int().min(0).default(60),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    VERCEL: flag.default(false),
  })
  .refine(
    (set) => (set.UPSTASH_REDIS_REST_URL === undefined) === (set.UPSTASH_REDIS_REST_TOKEN === undefined),
    {
      path: ['UPSTASH_REDIS_REST_TOKEN'],
      message: 'must be set together with UPSTASH_REDIS_REST_URL',
    },
  )
  .refine((set) => !set.VERCEL || set.RESEND_API_KEY !== undefined || set.SMTP_URL !== undefined, {
    path: ['RESEND_API_KEY'],
    message: 'or SMTP_URL must be set on a serverless host, where nobody could read local mail',
  })
  .refine((set) => !set.VERCEL || set.BLOB_READ_WRITE_TOKEN !== undefined, {
    path: ['BLOB_READ_WRITE_TOKEN'],
    message: 'must be set on a serverless host, whose disk does not last',
  });

export type Env = z.output<typeof envSchema>;

let cached: Env | undefined;

/** The validated configuration. Throws an error that names every wrong variable. */
export function env(): Env {
  if (cached) return cached;
  cached = parseEnv(process.env);
  // Left alone, the SDK of Vercel Blob tries ten times, long past our own deadline.
  process.env.VERCEL_BLOB_RETRIES ??= '1';
  // Left alone, Auth.js believes the Host header about where it is.
  process.env.AUTH_URL = cached.APP_URL;
  return cached;
}

export function parseEnv(source: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(set);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is not usable:\n${faults.join('\n')}`);
}
