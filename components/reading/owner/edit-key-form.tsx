import { getTranslations } from 'next-intl/server';
import { enterEditKeyAction } from '@/components/composer/actions';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { buttonVariants } from '@/components/ui/button-variants';
import { EditKeyField } from './edit-key-field';

/** Requests the edit key of a reader who wants to edit. */
export async function EditKeyForm({ slug }: { slug: string }) {
  const t = await getTranslations('editing');
  const composer = await getTranslations('composer');
  return (
    <PageMain width="column">
      <PageHeading>{t('keyHeading')}</PageHeading>
      <p className="mt-3 mb-6 text-lg text-muted">{t('keyExplain')}</p>
      <EditKeyField
        action={enterEditKeyAction.bind(null, slug)}
        words={{ label: t('keyLabel'), submit: t('keySubmit'), unreachable: composer('unreachable') }}
      />
      <a href={`/${slug}`} className={`${buttonVariants({ variant: 'quiet' })} mt-6 -ml-3`}>
        ← {t('back')}
      </a>
    </PageMain>
  );
}
