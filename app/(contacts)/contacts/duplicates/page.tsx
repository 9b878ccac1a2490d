import { getTranslations } from 'next-intl/server';
import { dismissDuplicatesAction } from '@/components/contacts/actions';
import { ContactsFrame } from '@/components/contacts/contacts-frame';
import { DuplicateLinks } from '@/components/contacts/duplicate-links';
import { guardMemberPage } from '@/components/page/page-guard';
import { privateMetadata } from '@/components/page/page-metadata';
import { buttonVariants } from '@/components/ui/button-variants';
import { ButtonForm } from '@/components/ui/page-form';
import { findDuplicates } from '@/lib/contacts/duplicates';

const SHOWN = 100;

export const generateMetadata = privateMetadata('contacts.duplicates.heading');

export default function DuplicatesPage() {
  return guardMemberPage('member', async ({ user }) => {
    const { groups, total } = await findDuplicates(user.id, { limit: SHOWN });
    const t = await getTranslations('contacts.duplicates');
    return (
      <ContactsFrame heading={t('heading')}>
        <p className="mt-1 text-muted">{t(groups.length === 0 ? 'none' : 'explain')}</p>
        {groups.length === 0 ? null : (
          <ul className="mt-5 border-t border-hair">
            {groups.map(({ ids, contacts }) => (
              <li key={ids[0]} className="border-b border-hair py-3">
                <DuplicateLinks contacts={contacts} />
                <ButtonForm action={dismissDuplicatesAction} className="mt-2">
                  <input type="hidden" name="ids" value={ids.join(' ')} />
                  <button type="submit" className={buttonVariants({ size: 'sm' })}>
                    {t('dismiss')}
                  </button>
                </ButtonForm>
              </li>
            ))}
          </ul>
        )}
        {total > groups.length && groups.length > 0 ? (
          <p className="mt-4 text-sm text-muted">{t('shown', { count: groups.length })}</p>
        ) : null}
      </ContactsFrame>
    );
  });
}
