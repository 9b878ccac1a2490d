import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { updatePasteAction } from '@/components/composer/actions';
import { takeCarriedDraft } from '@/components/composer/carried-draft';
import { ComposerWithMessages } from '@/components/composer/composer-with-messages';
import { type Draft, EMPTY_FILE } from '@/components/composer/draft';
import { sourceOf } from '@/components/composer/secret-source';
import { GUEST } from '@/components/drafts/draft-store';
import { shownSession } from '@/components/layout/shown-session';
import { guardPage } from '@/components/page/page-guard';
import type { SlugPageProps } from '@/components/page/page-props';
import { titleOf } from '@/components/reading/display';
import { getPasteForPageOrThrow } from '@/components/reading/load/load-paste';
import { DeleteDialog } from '@/components/reading/manage/delete-dialog';
import { EditKeyForm } from '@/components/reading/owner/edit-key-form';
import { afterResponse, largeReader } from '@/components/request/next-response';
import { setPageHeader } from '@/components/request/page-response';
import { getPageText } from '@/components/request/page-text';
import { recordOpenedPage } from '@/components/sharing/record-opened-page';
import type { Caller } from '@/lib/core/caller';
import { AppError } from '@/lib/core/errors';
import { etagOf } from '@/lib/pastes/dto';
import { takeEditSlot } from '@/lib/pastes/large-reads';
import { canDelete, canEdit, canManage, isClosedTo } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/read';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('editing');
  return { title: t('heading'), description: t('description'), robots: { index: false, follow: false } };
}

export default function EditPage({ params }: SlugPageProps) {
  return guardPage(async () => {
    const { slug } = await params;
    setPageHeader('X-Robots-Tag', 'noindex');
    const carried = await takeCarriedDraft();
    const opened = await getPasteForPageOrThrow(slug).catch(async (error: unknown) => {
      // Where only members can read, its edit key shows whether the paste exists.
      if (carried || (isNotFound(error) && isClosedTo((await shownSession())?.user ?? null))) return null;
      throw error;
    });
    const t = await getTranslations('editing');
    const { draft: typed, etag: typedFrom } = carried ?? {};
    if (!opened || !canEdit(opened.caller, opened.paste, opened.now)) {
      if (!typed || typedFrom === undefined) return <EditKeyForm slug={slug} />;
      // What was just posted without JavaScript, by a browser that may no longer edit.
      return (
        <main id="main" className="composer-page flex grow flex-col">
          <h1 className="sr-only">{t('heading')}</h1>
          <ComposerWithMessages
            action={updatePasteAction.bind(null, slug)}
            draft={typed}
            etag={typedFrom}
            cancelHref={`/${slug}`}
            author={null}
            isMember={false}
            isManager={typed.lifetime !== ''}
            draftPlace={null}
          />
        </main>
      );
    }
    const { paste, caller, now } = opened;
    await recordOpenedPage(paste.grant);
    const etag = etagOf(paste);
    return (
      <main id="main" className="composer-page flex grow flex-col">
        <div className="gutter flex flex-wrap items-center gap-x-4 border-b border-hair py-2">
          <h1 className="min-w-0 grow basis-[8rem] truncate text-base text-muted">
            {t('heading')} · <bdi className="font-medium text-ink">{titleOf(paste, await getPageText())}</bdi>
          </h1>
          {canDelete(caller, paste, now) ? (
            <DeleteDialog slug={slug} triggerClassName="-mr-3" text={await getPageText()} />
          ) : null}
        </div>
        <ComposerWithMessages
          action={updatePasteAction.bind(null, slug)}
          draft={typed ?? (await draftOf(paste, caller))}
          source={paste.encryption ? sourceOf(paste, paste.encryption) : undefined}
          etag={etag}
          cancelHref={`/${slug}`}
          author={caller.user?.id ?? null}
          isMember={paste.ownerId !== null}
          isManager={canManage(caller, paste, now)}
          draftPlace={
            carried ? null : { owner: caller.user?.id ?? GUEST, scope: `paste.${slug}`, base: etag }
          }
        />
      </main>
    );
  });
}

/** Of a secret paste, without its content. */
async function draftOf(paste: PasteRecord, reader: Caller): Promise<Draft> {
  afterResponse(await takeEditSlot(paste.files, largeReader(reader)));
  const texts = await Promise.all(paste.files.map(readFileText));
  const files = paste.files.map(({ name, language }, index) => ({
    name,
    language,
    text: texts[index] ?? '',
    source: index,
  }));
  return {
    title: paste.title,
    files: paste.isSecret ? [EMPTY_FILE] : files,
    lifetime: 'keep',
    expiresAt: '',
    utcOffset: 0,
    visibility: paste.visibility,
    burnAfter: '',
    slug: '',
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not_found';
}
