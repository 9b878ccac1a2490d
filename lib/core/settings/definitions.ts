import { z } from 'zod';
import { accentFault } from '../accent';
import { now } from '../clock';
import type { Env } from '../env';
import {
  domainList,
  Format,
  httpUrl,
  instanceName,
  lifetime,
  longestLifetime,
  MAX_PASTE_KB,
  MAX_QUOTA,
  oneLine,
} from '../env-values';
import { expiryOf } from '../lifetime';

/** A value that admins can set, within what the configuration allows. */
interface Setting<Value, InForce = Value> {
  kind: 'word' | 'number' | 'text' | 'lifetime' | 'list' | 'flag';
  /** The variable that is the widest that is allowed, or that the value replaces. */
  variable: keyof Env;
  schema: z.ZodType<Value>;
  /** What applies as long as no value is set. */
  configured: (env: Env) => InForce;
  /** The value, or as much of it as the configuration allows. */
  narrow: (value: Value, env: Env) => InForce;
}

type NumberVariable = {
  [Name in keyof Env]-?: Env[Name] extends number | undefined ? Name : never;
}[keyof Env];

export const CREATE_RULES = ['everyone', 'members', 'staff', 'none'] as const;
export const READ_RULES = ['everyone', 'members'] as const;
export const REGISTER_RULES = ['everyone', 'invited', 'none'] as const;
const MAX_DOMAINS = 100;

/** One of the words, which are in order from the widest to the narrowest. */
function ordered<const Word extends string>(
  words: readonly [Word, ...Word[]],
  variable: keyof Env,
  configured: (env: Env) => Word,
): Setting<Word> {
  return {
    kind: 'word',
    variable,
    schema: z.enum(words, 'setting_unknown'),
    configured,
    narrow: (value, env) => (words.indexOf(value) < words.indexOf(configured(env)) ? configured(env) : value),
  };
}

/** A number that may be lower than the configured one; null is unlimited. */
function atMost(max: number, variable: NumberVariable): Setting<number, number | null> {
  const configured = (env: Env) => env[variable] ?? null;
  return {
    kind: 'number',
    variable,
    schema: z.int('setting_number').min(1, 'setting_number').max(max, 'setting_number'),
    configured,
    narrow: (value, env) => Math.min(value, configured(env) ?? value),
  };
}

/** A text in place of the configured one, in the form that the variable takes. */
function replacement(
  variable: keyof Env,
  { form, fault }: { form: Format<string>; fault: string },
): Setting<string, string | null> {
  return {
    kind: 'text',
    variable,
    schema: z
      .string()
      .trim()
      .refine((text) => text !== '' && text.isWellFormed() && form.parse(text) !== undefined, fault),
    configured: (env) => (env[variable] ?? null) as string | null,
    narrow: (value) => value,
  };
}

function link(variable: keyof Env): Setting<string, string | null> {
  const form = new Format('a link', (text) => (text.length <= 500 ? httpUrl.parse(text) : undefined));
  return replacement(variable, { form, fault: 'setting_link' });
}

const name: Setting<string> = {
  ...replacement('INSTANCE_NAME', { form: instanceName, fault: 'setting_name' }),
  configured: (env) => env.INSTANCE_NAME,
  narrow: (value) => value,
};

const accent: Setting<string, string | null> = {
  kind: 'text',
  variable: 'ACCENT',
  schema: z
    .string()
    .trim()
    .toLowerCase()
    .refine((text) => accentFault(text) !== 'form', 'setting_accent')
    .refine((text) => accentFault(text) !== 'contrast', 'setting_accent_contrast'),
  configured: (env) => env.ACCENT ?? null,
  narrow: (value) => value,
};

const lifetimeText = (form: Format<string>) =>
  z.string().refine((text) => form.parse(text) !== undefined, 'lifetime_unknown');

/** The longest lifetime, which is no longer than the configured one. */
function longest(variable: 'MAX_LIFETIME_ANONYMOUS' | 'MAX_LIFETIME_MEMBER'): Setting<string> {
  return {
    kind: 'lifetime',
    variable,
    schema: lifetimeText(longestLifetime),
    configured: (env) => env[variable],
    narrow: (value, env) => shorter(value, env[variable]),
  };
}

/** A default lifetime, which is no longer than the longest one of the configuration. */
function preset(
  variable: 'DEFAULT_LIFETIME_ANONYMOUS' | 'DEFAULT_LIFETIME_MEMBER',
  longestVariable: 'MAX_LIFETIME_ANONYMOUS' | 'MAX_LIFETIME_MEMBER',
): Setting<string> {
  return {
    kind: 'lifetime',
    variable: longestVariable,
    schema: lifetimeText(lifetime),
    configured: (env) => env[variable],
    narrow: (value, env) => shorter(value, env[longestVariable]),
  };
}

/** The one that ends first, counted from this moment. */
function shorter(value: string, latest: string): string {
  const from = now();
  const [end, limit] = [expiryOf(value, from), expiryOf(latest, from)];
  return limit && (!end || end > limit) ? latest : value;
}

const domains: Setting<string[]> = {
  kind: 'list',
  variable: 'REGISTRATION_DOMAINS',
  schema: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .refine((text) => domainList.parse(text)?.join() === text && text !== '', 'setting_domain'),
    )
    .min(1, 'setting_domain')
    .max(MAX_DOMAINS, 'setting_domains_too_many'),
  configured: (env) => env.REGISTRATION_DOMAINS,
  narrow: (value, { REGISTRATION_DOMAINS: allowed }) => {
    const within = allowed.length === 0 ? value : value.filter((domain) => allowed.includes(domain));
    return within.length === 0 ? allowed : within;
  },
};

const feed: Setting<boolean> = {
  kind: 'flag',
  variable: 'PUBLIC_FEED',
  schema: z.boolean('setting_unknown'),
  configured: (env) => env.PUBLIC_FEED,
  narrow: (value, env) => value && env.PUBLIC_FEED,
};

/** Everything that admins can set, in the order of the page and of the API. */
export const SETTINGS = {
  who_can_create: ordered(CREATE_RULES, 'WHO_CAN_CREATE', (env) => env.WHO_CAN_CREATE),
  who_can_read: ordered(READ_RULES, 'WHO_CAN_READ', (env) => env.WHO_CAN_READ),
  who_can_register: ordered(REGISTER_RULES, 'WHO_CAN_REGISTER', (env) => env.WHO_CAN_REGISTER),
  registration_domains: domains,
  public_feed: feed,
  default_lifetime_anonymous: preset('DEFAULT_LIFETIME_ANONYMOUS', 'MAX_LIFETIME_ANONYMOUS'),
  default_lifetime_member: preset('DEFAULT_LIFETIME_MEMBER', 'MAX_LIFETIME_MEMBER'),
  max_lifetime_anonymous: longest('MAX_LIFETIME_ANONYMOUS'),
  max_lifetime_member: longest('MAX_LIFETIME_MEMBER'),
  max_paste_kb_anonymous: atMost(MAX_PASTE_KB, 'MAX_PASTE_KB_ANONYMOUS'),
  max_paste_kb_member: atMost(MAX_PASTE_KB, 'MAX_PASTE_KB_MEMBER'),
  max_stored_mb: atMost(MAX_QUOTA, 'MAX_STORED_MB'),
  max_stored_mb_member: atMost(MAX_QUOTA, 'MAX_STORED_MB_MEMBER'),
  max_pastes_member: atMost(MAX_QUOTA, 'MAX_PASTES_MEMBER'),
  instance_name: name,
  accent,
  notice: replacement('NOTICE', { form: oneLine(300), fault: 'setting_notice' }),
  imprint_url: link('IMPRINT_URL'),
  terms_url: link('TERMS_URL'),
  privacy_url: link('PRIVACY_URL'),
} as const;

type Settings = typeof SETTINGS;
export type SettingName = keyof Settings;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

type ValueOf<One> = One extends Setting<infer Value, infer _InForce> ? Value : never;
type InForceOf<One> = One extends Setting<infer _Value, infer InForce> ? InForce : never;

/** What admins have set; what is absent applies as configured. */
export type StoredSettings = { [Name in SettingName]?: ValueOf<Settings[Name]> };
/** What applies. */
export type SettingsInForce = { [Name in SettingName]: InForceOf<Settings[Name]> };

/** What applies of one setting. */
export function inForce<Name extends SettingName>(
  name: Name,
  { stored, env }: { stored: StoredSettings; env: Env },
): SettingsInForce[Name] {
  const { configured, narrow } = SETTINGS[name] as unknown as Setting<unknown, SettingsInForce[Name]>;
  const value = stored[name];
  return value === undefined ? configured(env) : narrow(value, env);
}

/** Whether the configuration allows the value. */
export function isAllowed<Name extends SettingName>(
  name: Name,
  value: NonNullable<StoredSettings[Name]>,
  env: Env,
): boolean {
  const { narrow } = SETTINGS[name] as unknown as Setting<unknown>;
  return JSON.stringify(narrow(value, env)) === JSON.stringify(value);
}

/** The settings in what the database has, without those that this version does not take. */
export function parseStored(value: unknown): StoredSettings {
  const fields = z.record(z.string(), z.unknown()).safeParse(value).data ?? {};
  const entries = SETTING_NAMES.flatMap((name) => {
    const parsed = (SETTINGS[name].schema as z.ZodType).safeParse(fields[name]);
    return fields[name] !== undefined && parsed.success ? [[name, parsed.data] as const] : [];
  });
  return Object.fromEntries(entries) as StoredSettings;
}
