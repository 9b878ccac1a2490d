import { z } from 'zod';
import { SETTING_NAMES, SETTINGS, type SettingName, type StoredSettings } from '../core/settings/definitions';

const DESCRIPTIONS: Partial<Record<SettingName, string>> = {
  who_can_create: 'Who may create pastes; `staff` are moderators and admins.',
  who_can_read: 'Who may read pastes.',
  who_can_register: 'Who may create an account.',
  registration_domains: 'Domains of the addresses that may register without an invitation.',
  public_feed: 'Whether public pastes are listed.',
  max_paste_kb_anonymous: 'The most text of one paste without an account, in KiB.',
  max_paste_kb_member: 'The most text of one paste of a member, in KiB.',
  max_stored_mb: 'The most text of all pastes, in MiB.',
  max_stored_mb_member: 'The most text of all pastes of a member, in MiB.',
  max_pastes_member: 'The most pastes of a member at a time.',
  instance_name: 'What the instance is called, in 1 to 40 characters.',
  accent:
    'The colour of links and buttons as `#rrggbb`, with a contrast of at least 4.5:1 on the light page (#fbfaf7).',
};

type SchemaOf<Name extends SettingName> = (typeof SETTINGS)[Name]['schema'];

/** A schema for each setting, made from that of its value. */
function forEachSetting<Shape>(make: (name: SettingName, value: z.ZodType) => z.ZodType): Shape {
  const entries = SETTING_NAMES.map((name) => {
    const description = DESCRIPTIONS[name];
    const schema = make(name, SETTINGS[name].schema as z.ZodType);
    return [name, description === undefined ? schema : schema.meta({ description })] as const;
  });
  return Object.fromEntries(entries) as Shape;
}

const valuesOrNull = z.object(
  forEachSetting<{ [Name in SettingName]: z.ZodNullable<SchemaOf<Name>> }>((_name, value) =>
    value.nullable(),
  ),
);

export const settingsSchema = z
  .object({
    version: z.int().meta({ description: 'Incremented by every change; 0 before the first.' }),
    updated_at: z.iso.datetime().nullable(),
    stored: valuesOrNull.meta({ description: 'What was set here; null applies as configured.' }),
    in_force: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What applies; null is unlimited, or nothing.' }),
    configured: z.record(z.string(), z.unknown()).meta({
      description: 'What the variables of the instance say: the widest that can be set, or what is replaced.',
    }),
  })
  .meta({ id: 'InstanceSettings' });

export interface SettingsDto {
  version: number;
  updated_at: string | null;
  stored: { [Name in SettingName]: NonNullable<StoredSettings[Name]> | null };
  in_force: Record<SettingName, unknown>;
  configured: Record<SettingName, unknown>;
}

export const updateSettingsSchema = z
  .strictObject(
    forEachSetting<{ [Name in SettingName]: z.ZodOptional<z.ZodNullable<SchemaOf<Name>>> }>((_name, value) =>
      value.nullable().optional(),
    ),
  )
  .meta({
    id: 'UpdateInstanceSettings',
    description:
      'What is absent does not change; null removes what was set, so that it applies as configured.',
  });

export type UpdateSettings = { [Name in SettingName]?: StoredSettings[Name] | null };
