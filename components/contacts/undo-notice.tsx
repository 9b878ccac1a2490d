import { getTranslations } from 'next-intl/server';
import { ButtonForm } from '@/components/ui/page-form';
import type { ContactInput } from '@/lib/contacts/schema';
import { restoreContactAction } from './actions';
import { contactName } from './contact-name';

/** Says which contact was deleted, with a button to restore it. */
export async function UndoNotice({ contact }: { contact: ContactInput }) {
  const t = await getTranslations('contacts');
  const name = contactName({ firstName: contact.first_name, lastName: contact.last_name ?? '' });
  return (
    <div className="gutter flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-hair bg-wash py-2.5 text-sm">
      <p role="status" className="[overflow-wrap:anywhere]">
        {t.rich('deleted', { name, contact: (words) => <bdi>{words}</bdi> })}
      </p>
      <ButtonForm action={restoreContactAction} className="flex flex-wrap gap-x-4">
        <button type="submit" className="text-link font-medium">
          {t('undo')}
        </button>
      </ButtonForm>
    </div>
  );
}
