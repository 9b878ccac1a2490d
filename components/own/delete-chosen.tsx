import { getTranslations } from 'next-intl/server';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { Statement } from '@/components/page/statement';
import { titleOf } from '@/components/reading/display';
import { LocalTimes } from '@/components/reading/local-times';
import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { ButtonForm } from '@/components/ui/page-form';
import type { PasteRecord } from '@/lib/pastes/queries';
import { deleteOwnPastesAction } from './actions';
import { PasteFacts } from './paste-facts';

interface DeleteChosenProps {
  pastes: readonly PasteRecord[];
  now: Date;
  back: string;
}

export async function DeleteChosen({ pastes, now, back }: DeleteChosenProps) {
  const t = await getTranslations('own');
  const reading = await getTranslations('reading');
  if (pastes.length === 0) {
    return (
      <Statement title={t('nothingChosen')} detail={t('nothingChosenExplain')}>
        <a href={back} className={buttonVariants({ variant: 'primary', size: 'lg' })}>
          {t('backToList')}
        </a>
      </Statement>
    );
  }
  const text = await getPageText();
  return (
    <PageMain width="wide">
      <PageHeading>{t('deleteAsk', { count: pastes.length })}</PageHeading>
      <p className="mt-1 text-muted">{t('deleteExplain', { count: pastes.length })}</p>
      <ul className="mt-5 border-t border-hair">
        {pastes.map((paste) => (
          <li key={paste.id} className="border-b border-hair py-3">
            <h2 className="text-base font-semibold [overflow-wrap:anywhere]">
              <bdi>{titleOf(paste, text)}</bdi>
            </h2>
            <PasteFacts paste={paste} now={now} />
          </li>
        ))}
      </ul>
      <ButtonForm
        action={deleteOwnPastesAction}
        deletes={pastes.map(({ slug }) => slug)}
        className="sticky bottom-0 mt-2 flex flex-wrap items-center gap-2 bg-paper py-4"
      >
        {pastes.map(({ slug }) => (
          <input key={slug} type="hidden" name="slug" value={slug} />
        ))}
        <input type="hidden" name="back" value={back} />
        <button type="submit" className={buttonVariants({ variant: 'danger-solid', size: 'lg' })}>
          {reading('deleteConfirm')}
        </button>
        <a href={back} className={buttonVariants({ variant: 'quiet', size: 'lg' })}>
          {t('keepThem', { count: pastes.length })}
        </a>
      </ButtonForm>
      <LocalTimes />
    </PageMain>
  );
}
