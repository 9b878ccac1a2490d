import { getTranslations } from 'next-intl/server';
import { ComposerWithMessages } from '@/components/composer/composer-with-messages';
import { Notice } from '@/components/layout/notice';
import { guardPage } from '@/components/layout/page-guard';
import type { SearchPageProps } from '@/components/layout/page-props';
import { env } from '@/lib/env';
import { createPasteAction } from '@/lib/pastes/actions';
import { takeCarriedDraft } from '@/lib/pastes/carried-draft';
import { type Draft, EMPTY_FILE } from '@/lib/pastes/draft';
import { LIFETIMES } from '@/lib/pastes/lifetime';

export default function ComposerPage({ searchParams }: SearchPageProps) {
  return guardPage(async () => {
    const t = await getTranslations('composer');
    const { deleted } = await searchParams;
    return (
      <main id="main" className="flex grow flex-col">
        <h1 className="sr-only">{t('heading')}</h1>
        {deleted === undefined ? null : <Notice name="deleted">{t('deleted')}</Notice>}
        <ComposerWithMessages
          action={createPasteAction}
          draft={(await takeCarriedDraft()) ?? newDraft()}
          etag={null}
          cancelHref={null}
        />
      </main>
    );
  });
}

function newDraft(): Draft {
  const preset = env().DEFAULT_LIFETIME_ANONYMOUS;
  return {
    title: '',
    files: [EMPTY_FILE],
    lifetime: LIFETIMES.find((name) => name === preset) ?? '1w',
    expiresAt: '',
    utcOffset: 0,
    visibility: 'unlisted',
  };
}
