import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import type { ContactInput } from '@/lib/contacts/schema';
import { restorePersonAction } from './actions';
import { personName } from './person-name';

/** Says who was deleted, and brings them back. */
export async function UndoNotice({ person }: { person: ContactInput }) {
  const t = await getTranslations('people');
  const composer = await getTranslations('composer');
  const name = personName({ firstName: person.first_name, lastName: person.last_name ?? '' });
  return (
    <div className="gutter flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-hair bg-wash py-2.5 text-[14px]">
      <p role="status" className="[overflow-wrap:anywhere]">
        {t.rich('deleted', { name, person: (words) => <bdi>{words}</bdi> })}
      </p>
      <ActionForm
        action={restorePersonAction}
        unreachable={composer('unreachable')}
        className="flex flex-wrap gap-x-4"
      >
        <button type="submit" className="text-link font-medium">
          {t('undo')}
        </button>
      </ActionForm>
    </div>
  );
}
