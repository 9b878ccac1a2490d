import { getTranslations } from 'next-intl/server';
import { enterEditKeyAction } from '@/components/composer/actions';
import { PageHeading } from '@/components/page/page-heading';
import { buttonVariants } from '@/components/ui/button-variants';
import { EditKeyField } from './edit-key-field';

/** Requests the edit key of a reader who wants to edit. */
export async function EditKeyForm({ slug }: { slug: string }) {
  const t = await getTranslations('editing');
  const composer = await getTranslations('composer');
  return (
    <main id="main" className="gutter flex grow flex-col justify-center py-16">
      <div className="mx-auto w-full max-w-[52ch]">
        <PageHeading>{t('keyHeading')}</PageHeading>
        <p className="mt-3 mb-6 text-lg text-muted">{t('keyExplain')}</p>
        <EditKeyField
          action={enterEditKeyAction.bind(null, slug)}
          words={{ label: t('keyLabel'), submit: t('keySubmit'), unreachable: composer('unreachable') }}
        />
        <a href={`/${slug}`} className={`${buttonVariants({ variant: 'quiet' })} mt-6 -ml-3`}>
          ← {t('back')}
        </a>
      </div>
    </main>
  );
}
