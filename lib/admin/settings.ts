import 'server-only';
import { lockAdmins } from '../accounts/users/admins';
import { recordAudit } from '../audit/record';
import { now } from '../core/clock';
import { domainOf } from '../core/email';
import { env } from '../core/env';
import { AppError, type FieldError } from '../core/errors';
import { prisma } from '../core/prisma';
import {
  inForce,
  isAllowed,
  parseStored,
  SETTING_NAMES,
  SETTINGS,
  type SettingName,
  type StoredSettings,
} from '../core/settings/definitions';
import { forgetSettings } from '../core/settings/stored-settings';
import type { Prisma } from '../generated/prisma/client';
import { requireNoFaults } from '../pastes/input-rules';
import type { SettingsDto, UpdateSettings } from './settings-schema';

interface SettingsRow {
  version: number;
  settings: unknown;
  updatedAt: Date;
}

export async function getSettings(): Promise<SettingsDto> {
  return toDto(await prisma().instanceSettings.findUnique({ where: { id: 1 } }));
}

/**
 * Changes what applies on this instance, within its configuration: all of it, or nothing. It applies to the next request
 * that this process answers, and within two seconds to those of others.
 * @param options.version the one that the caller has seen; another one is `stale`. Not checked if absent.
 * @throws AppError not_found (the caller is no admin any more), stale, validation_failed
 */
export async function updateSettings(
  input: UpdateSettings,
  { actor, version }: { actor: { id: string }; version?: number | undefined },
): Promise<SettingsDto> {
  const row = await prisma().$transaction(async (tx) => {
    const admins = await lockAdmins(tx);
    if (!admins.includes(actor.id)) throw new AppError('not_found');
    const before = await lockSettings(tx);
    if (version !== undefined && version !== (before?.version ?? 0)) throw new AppError('stale');
    const stored = parseStored(before?.settings);
    const settings = merge(stored, input);
    const changed = SETTING_NAMES.filter((name) => textOf(settings[name]) !== textOf(stored[name]));
    if (changed.length === 0) return before;
    requireNoFaults(ceilingFaults(changed, settings));
    requireNoFaults(await lockoutFaults(tx, admins, { changed, settings }));
    const data = { version: (before?.version ?? 0) + 1, settings, updatedAt: now() };
    await tx.instanceSettings.upsert({ where: { id: 1 }, create: data, update: data });
    for (const name of changed) {
      const details = { from: textOf(stored[name]), to: textOf(settings[name]) };
      await recordAudit(tx, { actor, action: 'setting_changed', target: { setting: name }, details });
    }
    // It was perhaps not kept while there was no limit.
    if (changed.includes('max_stored_mb')) await tx.storedTotal.deleteMany();
    return data;
  });
  forgetSettings();
  return toDto(row);
}

/** The row, if there is one. Until the transaction ends, no other one changes or adds it: all of them lock the admins. */
async function lockSettings(tx: Prisma.TransactionClient): Promise<SettingsRow | null> {
  return tx.instanceSettings.findUnique({ where: { id: 1 } });
}

function merge(stored: StoredSettings, input: UpdateSettings): StoredSettings {
  const entries = SETTING_NAMES.flatMap((name) => {
    const value = input[name] === undefined ? stored[name] : input[name];
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries) as StoredSettings;
}

/** What the configuration does not allow. */
function ceilingFaults(changed: readonly SettingName[], settings: StoredSettings): FieldError[] {
  return changed
    .filter((name) => {
      const value = settings[name];
      return value !== undefined && !isAllowed(name, value as never, env());
    })
    .map((path) => ({ path, message: 'setting_excluded' }));
}

/**
 * Signing in and the administration are open to admins under every rule. What remains is the domain of their addresses:
 * if no admin has one that may register, none of them could have another address, or an account again.
 */
async function lockoutFaults(
  tx: Prisma.TransactionClient,
  admins: string[],
  { changed, settings }: { changed: readonly SettingName[]; settings: StoredSettings },
): Promise<FieldError[]> {
  if (!changed.includes('registration_domains')) return [];
  const domains = inForce('registration_domains', { stored: settings, env: env() });
  if (settings.registration_domains === undefined || domains.length === 0) return [];
  const users = await tx.user.findMany({ where: { id: { in: admins } }, select: { email: true } });
  if (users.some(({ email }) => domains.includes(domainOf(email)))) return [];
  return [{ path: 'registration_domains', message: 'setting_locks_out' }];
}

/** Of a value, for comparisons and for the audit log; empty for none. */
function textOf(value: StoredSettings[SettingName]): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}

function toDto(row: SettingsRow | null): SettingsDto {
  const stored = parseStored(row?.settings);
  const each = (pick: (name: SettingName) => unknown) =>
    Object.fromEntries(SETTING_NAMES.map((name) => [name, pick(name)])) as Record<SettingName, unknown>;
  return {
    version: row?.version ?? 0,
    updated_at: row?.updatedAt.toISOString() ?? null,
    stored: each((name) => stored[name] ?? null) as SettingsDto['stored'],
    in_force: each((name) => inForce(name, { stored, env: env() })),
    configured: each((name) => SETTINGS[name].configured(env())),
  };
}
