import 'server-only';
import { combinedStatement } from '../combined-statement';
import { named, pool } from '../db';
import { env } from '../env';
import { perProcess } from '../per-process';
import { withTimeout } from '../timeout';
import {
  inForce,
  parseStored,
  type SettingName,
  type SettingsInForce,
  type StoredSettings,
} from './definitions';

/** How old the settings may be that a request is answered by, while the database answers. */
const MAX_AGE_MS = 2_000;
/** From this age on, a request has them read again without waiting for it. */
const READ_AGAIN_AFTER_MS = 1_000;
/** The last known settings apply while the database does not answer in this time. */
const WITHIN_MS = 200;
/** Until they were read once. A first connection takes longer, and what the configuration allows may be wider. */
const FIRST_WITHIN_MS = 1_000;

const READ = 'select version, settings from instance_settings where id = 1';

interface Known {
  settings: StoredSettings;
  version: number;
  isRead: boolean;
  /** When the read of them began, on the clock of `performance.now()`. */
  readAt: number;
  failedAt: number;
  /** Incremented when they are known to have changed. */
  changes: number;
}

const known = perProcess(
  'instance-settings',
  (): Known => ({
    settings: {},
    version: 0,
    isRead: false,
    readAt: -Infinity,
    failedAt: -Infinity,
    changes: 0,
  }),
);

const readRow = combinedStatement<null, { version: number; settings: unknown } | undefined>(
  'instance-settings',
  async () => (await pool().query(named('instance-settings', READ, []))).rows[0],
);

/** What applies of one setting in this process: of the last read, which `refreshSettings` bounds the age of. */
export function setting<Name extends SettingName>(name: Name): SettingsInForce[Name] {
  return inForce(name, { stored: known.get().settings, env: env() });
}

/** The version of the settings of the last read; 0 before anything was set. */
export function settingsVersion(): number {
  return known.get().version;
}

/** Whether requests can be answered without waiting for `refreshSettings`. */
export function areSettingsFresh(): boolean {
  const age = performance.now() - known.get().readAt;
  if (age > READ_AGAIN_AFTER_MS && age <= MAX_AGE_MS) void refreshSettings({ maxAgeMs: READ_AGAIN_AFTER_MS });
  return age <= MAX_AGE_MS;
}

/**
 * Reads the settings again if they are older than `maxAgeMs`. If the database does not answer in time, those known
 * before go on to apply until it does; never rejects.
 */
export async function refreshSettings({ maxAgeMs = MAX_AGE_MS } = {}): Promise<void> {
  const state = known.get();
  const began = performance.now();
  if (began - state.readAt <= maxAgeMs || began - state.failedAt <= READ_AGAIN_AFTER_MS) return;
  const { changes, isRead } = state;
  const ms = isRead ? WITHIN_MS : FIRST_WITHIN_MS;
  try {
    await withTimeout({ ms, message: 'the settings were not read in time' }, () => readInto(state, began));
  } catch {
    // Not logged: what needs the database fails for itself.
    if (state.isRead && state.changes === changes)
      Object.assign(state, { readAt: Math.max(began, state.readAt), failedAt: began });
  }
}

/** Also when nothing waits for it any more: a database that is slow for long is not one that is out of reach. */
async function readInto(state: Known, began: number): Promise<void> {
  const { changes } = state;
  const row = await readRow(null);
  // A read that a change, or a later read, has overtaken tells nothing new.
  if (state.changes !== changes || began < state.readAt) return;
  if (row?.version !== state.version) state.settings = parseStored(row?.settings);
  Object.assign(state, { version: row?.version ?? 0, readAt: began, isRead: true });
}

/** Has the next request read the settings, which may have changed. */
export function forgetSettings(): void {
  const state = known.get();
  Object.assign(state, { readAt: -Infinity, changes: state.changes + 1 });
}
