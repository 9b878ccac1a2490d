import { getTranslations } from 'next-intl/server';
import { ComposerWithMessages } from '@/components/composer/composer-with-messages';
import { Notice } from '@/components/layout/notice';
import { guardPage } from '@/components/layout/page-guard';
import type { SearchPageProps } from '@/components/layout/page-props';
import { env } from '@/lib/env';
import { AppError, type ErrorCode } from '@/lib/errors';
import { setPageHeader } from '@/lib/page-response';
import { createPasteAction } from '@/lib/pastes/actions';
import { takeCarriedDraft } from '@/lib/pastes/carried-draft';
import { type Draft, EMPTY_FILE } from '@/lib/pastes/draft';
import { viewerOf } from '@/lib/pastes/edit-key-cookie';
import { LIFETIMES } from '@/lib/pastes/lifetime';
import { readFileText, readPaste } from '@/lib/pastes/service';

const CLOSED: readonly ErrorCode[] = ['reveal_required', 'password_required'];

export default function ComposerPage({ searchParams }: SearchPageProps) {
  return guardPage(async () => {
    const t = await getTranslations('composer');
    const { deleted, from } = await searchParams;
    const source = typeof from === 'string' ? from : null;
    if (source !== null) setPageHeader('X-Robots-Tag', 'noindex');
    const carried = await takeCarriedDraft();
    const draft = carried ?? (source === null ? newDraft() : await copyOf(source));
    return (
      <main id="main" className="composer-page flex grow flex-col">
        <h1 className="sr-only">{t('heading')}</h1>
        {deleted === undefined ? null : <Notice name="deleted">{t('deleted')}</Notice>}
        <ComposerWithMessages
          action={createPasteAction}
          draft={draft}
          etag={null}
          cancelHref={null}
          keepsDraft={source === null && carried === undefined}
        />
      </main>
    );
  });
}

/** A new paste with the files of one that this browser may read in full. */
async function copyOf(slug: string): Promise<Draft> {
  const { paste, envelope } = await readPaste(slug, { viewer: await viewerOf(slug), surface: 'bytes' }).catch(
    hideClosed,
  );
  if (envelope) throw new AppError('not_found');
  const texts = await Promise.all(paste.files.map(readFileText));
  const files = paste.files.map(({ name, language }, index) => ({
    ...EMPTY_FILE,
    name,
    language,
    text: texts[index] ?? '',
  }));
  return { ...newDraft(), title: paste.title, files };
}

/** What opens only by a word or a deliberate act is no more to be copied than what is not there. */
function hideClosed(error: unknown): never {
  const isClosed = error instanceof AppError && CLOSED.includes(error.code);
  throw isClosed ? new AppError('not_found') : error;
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
