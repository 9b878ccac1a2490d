import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { after } from 'next/server';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { notFoundMetadata } from '@/components/page/not-found-metadata';
import { Notice } from '@/components/page/notice';
import { guardPage } from '@/components/page/page-guard';
import type { SlugPageProps } from '@/components/page/page-props';
import { Statement } from '@/components/page/statement';
import { burningPage } from '@/components/reading/burn/burning-page';
import { findReveal } from '@/components/reading/burn/carried-reveal';
import { isProse, titleOf } from '@/components/reading/display';
import { FileIndex } from '@/components/reading/file-index';
import { FilePart } from '@/components/reading/file-part';
import { FileView } from '@/components/reading/file-view';
import { HiddenBanner } from '@/components/reading/hidden-banner';
import { keepMarkup } from '@/components/reading/load/keep-markup';
import { loadFiles } from '@/components/reading/load/load-file';
import { type FoundPaste, findPasteForPage } from '@/components/reading/load/load-paste';
import type { LoadedFile } from '@/components/reading/loaded-file';
import { DeleteDialog } from '@/components/reading/owner/delete-dialog';
import { HideDialog } from '@/components/reading/owner/hide-dialog';
import { SavedPanel } from '@/components/reading/owner/saved-panel';
import { ShowAgain } from '@/components/reading/owner/show-again';
import { PasteEnd } from '@/components/reading/paste-end';
import { PasteHead } from '@/components/reading/paste-head';
import { PasteTools } from '@/components/reading/paste-tools';
import { ReaderAids } from '@/components/reading/reader-aids';
import { NameWarningNote } from '@/components/reading/text-warning-note';
import { readWrapChoice, WRAP_COOKIE } from '@/components/reading/wrap-choice';
import { addPageVary, setPageHeader } from '@/components/request/page-response';
import { getPageText } from '@/components/request/page-text';
import { keyForSavedPage } from '@/components/request/saved-page-key';
import { CodePage } from '@/components/sharing/code-page';
import { EditingOffer } from '@/components/sharing/editing-offer';
import { type Invitation, readInvitation } from '@/components/sharing/invitation';
import { followPersonalLink } from '@/components/sharing/personal-link';
import { recordOpenedPage } from '@/components/sharing/record-opened-page';
import type { Caller } from '@/lib/core/caller';
import { AppError } from '@/lib/core/errors';
import { canDelete, canEdit, canHide, canManage, canSeeHistory, canShare } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { countShares } from '@/lib/sharing/queries';
import { nameWarnings } from '@/lib/text/unicode/text-warnings';

export async function generateMetadata({ params, searchParams }: SlugPageProps): Promise<Metadata> {
  const { slug } = await params;
  const t = await getTranslations('reading');
  const found = await findPasteForPage(slug).catch(() => null);
  const isRevealed = Boolean((await findReveal(slug))?.revealed);
  if (isRevealed) return { title: { absolute: t('paste') }, robots: { index: false, follow: false } };
  if (!found) return invitationMetadata(slug, (await searchParams).share);
  const isPublic = found.isOpen && found.paste.visibility === 'public';
  const title = isPublic ? titleOf(found.paste, await getPageText()) : t('paste');
  const description = t('pasteDescription');
  return {
    title: isPublic ? title : { absolute: title },
    description,
    robots: isPublic ? undefined : { index: false, follow: false },
    openGraph: {
      title,
      description,
      type: 'article',
      url: `/${slug}`,
      images: [{ url: `/${slug}/preview.png`, width: 1200, height: 630, alt: title }],
    },
    twitter: { card: 'summary_large_image' },
  };
}

/** Shown before the code is entered; does not reveal the title. */
async function invitationMetadata(slug: string, share: string | string[] | undefined): Promise<Metadata> {
  const invitation = await readInvitation(slug, share).catch(() => null);
  if (!invitation) return notFoundMetadata();
  const t = await getTranslations('sharing.code');
  return { title: t('heading'), robots: { index: false, follow: false } };
}

export default function ReadingPage({ params, searchParams }: SlugPageProps) {
  return guardPage(async () => {
    // A terminal client gets the text at the same address: see lib/api/terminal-path.ts.
    addPageVary('Accept, User-Agent');
    const { slug } = await params;
    const { saved, view, share, confirm } = await searchParams;
    const found = await findPasteForPage(slug);
    // A chosen slug in another case.
    if (found && found.paste.slug !== slug && share === undefined) redirect(`/${found.paste.slug}`);
    const step = await followPersonalLink(slug, { found, share, confirm });
    if (step?.name === 'code') {
      setPageHeader('X-Robots-Tag', 'noindex');
      return <CodePage slug={slug} invitation={step.invitation} />;
    }
    const burning = await burningPage({ slug, found, isSaved: saved !== undefined });
    if (burning) return burning;
    if (!found) throw new AppError('not_found');
    const isIndexed = found.isOpen && found.paste.visibility === 'public';
    if (!isIndexed) setPageHeader('X-Robots-Tag', 'noindex');
    if (!found.isOpen) return <Envelope />;
    const query = typeof view === 'string' ? view : undefined;
    const text = await getPageText();
    const files = await loadFiles(found.paste.files, {
      query,
      text,
      reader: found.caller,
      leave: keepMarkup,
      afterwards: after,
    });
    await recordOpenedPage(found.paste.grant);
    const isJustSaved = saved !== undefined && canEdit(found.caller, found.paste, found.now);
    return (
      <Reading
        found={found}
        files={files}
        editKey={isJustSaved ? await keyForSavedPage() : undefined}
        offer={step?.invitation ?? null}
      />
    );
  });
}

async function Envelope() {
  const t = await getTranslations('reading');
  return <Statement title={t('envelope')} detail={t('envelopeExplain')} />;
}

interface ReadingProps {
  found: FoundPaste;
  files: LoadedFile[];
  /** Undefined unless the page follows a save; then the edit key of a paste that was just created. */
  editKey: string | null | undefined;
  /** The personal link with which the reader could become an editor. */
  offer: Invitation | null;
}

async function Reading({ found: { paste, caller, now }, files, editKey, offer }: ReadingProps) {
  const text = await getPageText();
  const [only, second] = files;
  const wrap = readWrapChoice((await cookies()).get(WRAP_COOKIE)?.value);
  const doesWrap = wrap === undefined ? files.every(({ language }) => isProse(language)) : wrap === 'on';
  const isManager = canManage(caller, paste, now);
  return (
    <>
      {offer === null ? null : <EditingOffer slug={paste.slug} invitation={offer} />}
      {editKey !== undefined && isManager ? <SavedPanel paste={paste} now={now} editKey={editKey} /> : null}
      {editKey === undefined || isManager ? null : (
        <Notice name="saved">{text.t('sharing.editorSaved')}</Notice>
      )}
      {paste.hiddenAt === null ? null : (
        <HiddenBanner
          paste={paste}
          isOwn={caller.user !== null && caller.user.id === paste.ownerId}
          text={text}
        />
      )}
      <main id="main" data-wrap={wrap} className="flex min-w-0 grow flex-col">
        <PasteHead paste={paste} now={now} isShared={paste.grant !== null} text={text} />
        <NameWarningNote names={nameWarnings(paste)} text={text} />
        <PasteTools
          slug={paste.slug}
          files={files}
          rights={{
            canEdit: canEdit(caller, paste, now),
            canSeeHistory: canSeeHistory(caller, paste, now),
            sharedWith: canShare(caller, paste, now)
              ? ((await countShares([paste.id])).get(paste.id) ?? 0)
              : null,
          }}
          dialogs={{
            moderation: moderationOf(paste, { caller, now }),
            deletion: canDelete(caller, paste, now) ? (
              <DeleteDialog
                slug={paste.slug}
                triggerClassName="w-full justify-start rounded-sm font-normal"
              />
            ) : null,
          }}
          doesWrap={doesWrap}
          isSecondary={editKey !== undefined && isManager}
          text={text}
        />
        {only !== undefined && second === undefined ? (
          <FileView file={only} text={text} />
        ) : (
          <>
            <FileIndex files={files} text={text} />
            {files.map((file) => (
              <FilePart key={file.number} slug={paste.slug} file={file} text={text} />
            ))}
          </>
        )}
        <PasteEnd paste={paste} text={text} />
      </main>
      <ReaderAids />
    </>
  );
}

/** The controls for moderators; null for other readers. */
function moderationOf(paste: PasteRecord, { caller, now }: { caller: Caller; now: Date }): ReactNode {
  if (!canHide(caller, paste, now)) return null;
  return paste.hiddenAt === null ? <HideDialog slug={paste.slug} /> : <ShowAgain slug={paste.slug} />;
}
