import { DateTime } from 'luxon';
import { getMessages, getTranslations } from 'next-intl/server';
import type { FormAction } from '@/components/actions/use-server-form';
import { GUEST } from '@/components/drafts/draft-store';
import { KeptForm } from '@/components/drafts/kept-form';
import { currentSession } from '@/components/request/current-caller';
import { buttonVariants } from '@/components/ui/button-variants';
import { CheckField } from '@/components/ui/check-field';
import { HiddenField } from '@/components/ui/hidden-field';
import { TextAreaField } from '@/components/ui/text-area-field';
import { TextField } from '@/components/ui/text-field';
import { type ContactDto, EARLIEST_BIRTHDAY, MAX_INFO_LENGTH } from '@/lib/contacts/schema';
import { now } from '@/lib/core/clock';
import { displayEmail } from '@/lib/core/email-display';

interface ContactFormProps {
  action: FormAction;
  /** Null for a new contact. */
  contact: ContactDto | null;
  label: string;
  submit: string;
}

/** The form for a new or an existing contact. */
export async function ContactForm({ action, contact, label, submit }: ContactFormProps) {
  const t = await getTranslations('contacts');
  const composer = await getTranslations('composer');
  const latest = DateTime.fromJSDate(now(), { zone: 'Pacific/Kiritimati' }).toISODate() ?? undefined;
  return (
    <KeptForm
      place={{
        owner: (await currentSession())?.user.id ?? GUEST,
        scope: `contact.${contact?.id ?? 'new'}`,
        base: contact?.updated_at ?? '',
      }}
      baseField="read_at"
      initial={{
        first_name: contact?.first_name ?? '',
        last_name: contact?.last_name ?? '',
        email: contact?.email ?? '',
        phone: contact?.phone ?? '',
        birthday: contact?.birthday ?? '',
        info: contact?.info ?? '',
        ...(contact?.favorite ? { favorite: 'on' } : {}),
      }}
      words={(await getMessages()).drafts}
      action={action}
      unreachable={composer('unreachable')}
      aria-label={label}
      className="mt-6 flex flex-col gap-5"
    >
      {contact === null ? null : <HiddenField name="read_at" value={contact.updated_at} />}
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          name="first_name"
          label={t('fields.first_name')}
          defaultValue={contact?.first_name}
          autoComplete="off"
          dir="auto"
          required
        />
        <TextField
          name="last_name"
          label={t('fields.last_name')}
          defaultValue={contact?.last_name}
          autoComplete="off"
          dir="auto"
        />
        <TextField
          name="email"
          type="email"
          label={t('fields.email')}
          defaultValue={contact?.email ? displayEmail(contact.email) : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          name="phone"
          type="tel"
          label={t('fields.phone')}
          defaultValue={contact?.phone ?? undefined}
          autoComplete="off"
        />
        <TextField
          name="birthday"
          type="date"
          label={t('fields.birthday')}
          min={EARLIEST_BIRTHDAY}
          max={latest}
          defaultValue={contact?.birthday ?? undefined}
        />
      </div>
      <TextAreaField
        name="info"
        label={t('fields.info')}
        hint={t('hints.info', { max: MAX_INFO_LENGTH })}
        defaultValue={contact?.info}
        rows={4}
        dir="auto"
      />
      <CheckField
        name="favorite"
        label={t('fields.favorite')}
        hint={t('hints.favorite')}
        defaultChecked={contact?.favorite ?? false}
      />
      <div className="flex flex-wrap gap-2">
        <button type="submit" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
          {submit}
        </button>
        <a href="/contacts" className={buttonVariants({ variant: 'quiet', size: 'lg' })}>
          {t('cancel')}
        </a>
      </div>
    </KeptForm>
  );
}
