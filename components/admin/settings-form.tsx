import { getTranslations } from 'next-intl/server';
import { getPageText } from '@/components/request/page-text';
import { SettingsSection } from '@/components/settings/settings-section';
import { buttonVariants } from '@/components/ui/button-variants';
import { PageForm } from '@/components/ui/page-form';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import type { SettingsDto } from '@/lib/admin/settings-schema';
import { env } from '@/lib/core/env';
import { LIFETIMES, type NamedLifetime } from '@/lib/core/lifetime';
import {
  CREATE_RULES,
  isAllowed,
  READ_RULES,
  REGISTER_RULES,
  SETTINGS,
  type SettingName,
} from '@/lib/core/settings/definitions';
import { updateSettingsAction } from './settings-actions';

const GROUPS = {
  access: ['who_can_create', 'who_can_read', 'who_can_register', 'registration_domains', 'public_feed'],
  lifetimes: [
    'default_lifetime_anonymous',
    'default_lifetime_member',
    'max_lifetime_anonymous',
    'max_lifetime_member',
  ],
  sizes: [
    'max_paste_kb_anonymous',
    'max_paste_kb_member',
    'max_stored_mb',
    'max_stored_mb_member',
    'max_pastes_member',
  ],
  appearance: ['instance_name', 'accent'],
  footer: ['notice', 'imprint_url', 'terms_url', 'privacy_url'],
} as const satisfies Record<string, readonly SettingName[]>;

/** What a select offers; other settings are typed. */
const CHOICES: Partial<Record<SettingName, readonly (string | boolean)[]>> = {
  who_can_create: CREATE_RULES,
  who_can_read: READ_RULES,
  who_can_register: REGISTER_RULES,
  public_feed: [true, false],
  default_lifetime_anonymous: LIFETIMES,
  default_lifetime_member: LIFETIMES,
  max_lifetime_anonymous: LIFETIMES,
  max_lifetime_member: LIFETIMES,
};

/** All settings of the instance, with what its configuration allows. */
export async function SettingsForm({ settings }: { settings: SettingsDto }) {
  const t = await getTranslations('instanceSettings');
  return (
    <PageForm action={updateSettingsAction} aria-label={t('heading')} autoComplete="off">
      <input type="hidden" name="version" value={settings.version} />
      {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
        <SettingsSection
          key={group}
          id={group}
          heading={t(`groups.${group}`)}
          explain={t(`explain.${group}`)}
        >
          <div className="flex flex-col gap-5">
            {GROUPS[group].map((name) =>
              CHOICES[name] ? (
                <ChosenSetting key={name} name={name} settings={settings} />
              ) : (
                <TypedSetting key={name} name={name} settings={settings} />
              ),
            )}
          </div>
        </SettingsSection>
      ))}
      <button type="submit" className={`${buttonVariants({ variant: 'primary' })} mt-6`}>
        {t('save')}
      </button>
    </PageForm>
  );
}

interface FieldProps {
  name: (typeof GROUPS)[keyof typeof GROUPS][number];
  settings: SettingsDto;
}

async function ChosenSetting({ name, settings }: FieldProps) {
  const t = await getTranslations('instanceSettings');
  const { t: text } = await getPageText();
  const labelOf = (value: string) => {
    if (LIFETIMES.some((named) => named === value)) return text(`lifetimes.${value as NamedLifetime}`);
    return t.has(`words.${value}` as 'words.none') ? t(`words.${value}` as 'words.none') : value;
  };
  const stored = settings.stored[name];
  const chosen = stored === null ? '' : String(stored);
  const all = [...new Set([...(CHOICES[name] ?? []), ...(stored === null ? [] : [stored])])];
  const allowed = all.filter((value) => isAllowed(name, value as never, env()));
  const excluded = all.filter((value) => !allowed.includes(value)).map((value) => labelOf(String(value)));
  return (
    <SelectField
      name={name}
      label={t(`fields.${name}`)}
      placeholder={t('asConfigured', { value: labelOf(String(settings.configured[name])) })}
      options={allowed.map((value) => ({ value: String(value), label: labelOf(String(value)) }))}
      chosen={allowed.some((value) => String(value) === chosen) ? chosen : ''}
      hint={
        excluded.length === 0
          ? undefined
          : t('excluded', { variable: SETTINGS[name].variable, values: excluded.join(', ') })
      }
      isOptional
    />
  );
}

async function TypedSetting({ name, settings }: FieldProps) {
  const t = await getTranslations('instanceSettings');
  const { kind, variable } = SETTINGS[name];
  const { [name]: configured } = settings.configured;
  const stored = settings.stored[name];
  const hintOf = () => {
    if (name === 'accent') {
      const unset = configured === null;
      return `${t('accent')} ${unset ? t('accentDefault') : t('replaces', { variable, value: String(configured) })}`;
    }
    if (Array.isArray(configured)) {
      return configured.length === 0 ? t('domains') : t('domainsWithin', { values: configured.join(', ') });
    }
    if (configured === null) return t(kind === 'number' ? 'unlimited' : 'replacesNone', { variable });
    if (kind === 'number') return t('atMost', { max: Number(configured), variable });
    return t('replaces', { variable, value: String(configured) });
  };
  return (
    <TextField
      name={name}
      label={t(`fields.${name}`)}
      hint={hintOf()}
      defaultValue={Array.isArray(stored) ? stored.join(', ') : String(stored ?? '')}
      inputMode={kind === 'number' ? 'numeric' : undefined}
      spellCheck={name === 'notice'}
      dir={name === 'notice' || name === 'instance_name' ? 'auto' : undefined}
    />
  );
}
