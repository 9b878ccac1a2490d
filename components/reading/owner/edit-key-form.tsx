import { getTranslations } from 'next-intl/server';
import { enterEditKeyAction } from '@/components/composer/actions';
import { buttonVariants } from '@/components/ui/button-variants';
import { EditKeyField } from './edit-key-field';

/** For somebody who wants to edit and has not shown a key. */
export async function EditKeyForm({ slug }: { slug: string }) {
  const t = await getTranslations('editing');
  const composer = await getTranslations('composer');
  return (
    <main id="main" className="gutter flex grow flex-col justify-center py-16">
      <div className="mx-auto w-full max-w-[52ch]">
        <h1 className="text-[26px] leading-tight font-[620] tracking-[-0.015em]">{t('keyHeading')}</h1>
        <p className="mt-3 mb-6 text-[16px] text-muted">{t('keyExplain')}</p>
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
