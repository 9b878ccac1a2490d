import { getTranslations } from 'next-intl/server';
import { SubmitButton } from '@/components/auth/submit-button';
import { CheckField } from '@/components/ui/check-field';
import { PageForm } from '@/components/ui/page-form';
import { SelectField } from '@/components/ui/select-field';
import { TextAreaField } from '@/components/ui/text-area-field';
import { SHARE_ROLES } from '@/lib/sharing/roles';
import { sharePasteAction } from './actions';
import type { ChoosableContacts } from './choosable-contacts';
import { ContactChoice } from './contact-choice';
import { ContactSearch } from './contact-search';
import type { ContactChoiceQuery } from './share-query';

interface ShareFormProps {
  slug: string;
  query: ContactChoiceQuery;
  choosable: ChoosableContacts;
}

/** Shares a paste with contacts, email addresses, or both. */
export async function ShareForm({ slug, query, choosable: { contacts, hasMore } }: ShareFormProps) {
  const t = await getTranslations('sharing');
  const isSearch = query.search !== '';
  return (
    <>
      {hasMore || isSearch ? <ContactSearch slug={slug} query={query} /> : null}
      {isSearch && contacts.length === 0 ? (
        <p role="status" className="mb-5 text-sm text-muted">
          {t('noneFound')}{' '}
          <a href={`/${slug}/share`} className="text-link">
            {t('showAll')}
          </a>
        </p>
      ) : null}
      <PageForm
        action={sharePasteAction.bind(null, slug)}
        aria-label={t('addHeading')}
        className="flex flex-col gap-5"
      >
        {contacts.length === 0 ? null : <ContactChoice label={t('contacts')} contacts={contacts} />}
        <TextAreaField
          name="addresses"
          label={t(contacts.length === 0 ? 'addresses' : 'moreAddresses')}
          hint={t('addressesHint')}
          rows={2}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="email"
        />
        <SelectField
          name="role"
          label={t('role')}
          chosen={SHARE_ROLES[0]}
          className="text-sm"
          frameClassName="items-start"
          options={SHARE_ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
        />
        <div className="flex flex-col gap-3">
          <CheckField name="notify" label={t('notify')} hint={t('notifyHint')} defaultChecked />
          <CheckField
            name="tell_title"
            label={t('tellTitle')}
            hint={t('tellTitleHint')}
            defaultChecked={false}
          />
        </div>
        <p className="text-sm text-muted">{t('seen')}</p>
        <SubmitButton label={t('submit')} className="self-start max-sm:w-full" />
      </PageForm>
    </>
  );
}
