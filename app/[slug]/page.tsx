import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { notFoundMetadata } from '@/components/page/not-found-metadata';
import { Notice } from '@/components/page/notice';
import { guardPage } from '@/components/page/page-guard';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SlugPageProps } from '@/components/page/page-props';
import { Statement } from '@/components/page/statement';
import { findReveal } from '@/components/reading/burn/carried-reveal';
import { keepLateMarkup, keepMarkup } from '@/components/reading/load/keep-markup';
import { loadFiles } from '@/components/reading/load/load-file';
import { type FoundPaste, findPasteForPage } from '@/components/reading/load/load-paste';
import { viewerOf } from '@/components/reading/load/viewer';
import type { LoadedFile } from '@/components/reading/loaded-file';
import { dialogsFor } from '@/components/reading/manage/dialogs';
import { ShownEditKey } from '@/components/reading/owner/edit-key';
import { SavedPanel } from '@/components/reading/owner/saved-panel';
import { isIndexed, pasteMetadata } from '@/components/reading/paste-metadata';
import { PastePage } from '@/components/reading/paste-page';
import { ReaderAids } from '@/components/reading/reader-aids';
import { readWrapChoice, WRAP_COOKIE } from '@/components/reading/wrap-choice';
import { heldEditKeys } from '@/components/request/edit-key-cookie';
import { afterResponse, largeReader } from '@/components/request/next-response';
import { addPageVary, setPageHeader } from '@/components/request/page-response';
import { getPageText } from '@/components/request/page-text';
import { keyForSavedPage } from '@/components/request/saved-page-key';
import { EditingOffer } from '@/components/sharing/editing-offer';
import { type Invitation, readInvitation } from '@/components/sharing/invitation';
import { followPersonalLink } from '@/components/sharing/personal-link';
import { recordOpenedPage } from '@/components/sharing/record-opened-page';
import { ShareSheetAid } from '@/components/sharing/share-sheet-aid';
import { parseRefusal } from '@/lib/api/form-refusal';
import { AppError } from '@/lib/core/errors';
import { setting } from '@/lib/core/settings/stored-settings';
import { canEdit, canManage, canShare } from '@/lib/pastes/policy';
import { unlessDeleted } from '@/lib/pastes/read';
import { readViews, VIEWS_COOKIE } from '@/lib/text/rendering/remembered-views';

export async function generateMetadata({ params, searchParams }: SlugPageProps): Promise<Metadata> {
  const { slug } = await params;
  const found = await findPasteForPage(slug).catch(() => null);
  const isRevealed = Boolean((await findReveal(slug))?.revealed);
  if (isRevealed)
    return {
      title: { absolute: (await getPageText()).t('reading.paste', { instance: setting('instance_name') }) },
      robots: { index: false, follow: false },
    };
  if (!found) return invitationMetadata(slug, (await searchParams).share);
  const { title, description, image } = pasteMetadata(found, await getPageText());
  const isPublic = isIndexed(found);
  return {
    title: isPublic ? title : { absolute: title },
    description,
    robots: isPublic ? undefined : { index: false, follow: false },
    openGraph: { title, description, type: 'article', url: `/${slug}`, images: [image] },
    twitter: { card: 'summary_large_image' },
  };
}

/** Shown before the code is entered; does not reveal the title. */
async function invitationMetadata(slug: string, share: string | string[] | undefined): Promise<Metadata> {
  const invitation = await readInvitation(slug, share).catch(() => null);
  if (!invitation) return notFoundMetadata();
  return privateMetadata('sharing.code.heading')();
}

export default function ReadingPage(props: SlugPageProps) {
  return guardPage(async () => {
    const { refused } = await props.searchParams;
    const refusal = parseRefusal(refused);
    const page = await showPage(props);
    if (refusal === null) return page;
    const { RefusedNote } = await import('@/components/reading/refused-note');
    return (
      <>
        <RefusedNote refusal={refusal} text={await getPageText()} />
        {page}
      </>
    );
  });
}

async function showPage({ params, searchParams }: SlugPageProps): Promise<ReactNode> {
  // A terminal client gets the text at the same address: see lib/api/terminal-path.ts.
  addPageVary('Accept, User-Agent');
  const { slug } = await params;
  const { saved, view, share, confirm, key } = await searchParams;
  const reveal = await findReveal(slug);
  if (reveal) {
    const { failedRevealPage } = await import('@/components/reading/burn/burning-page');
    const failed = await failedRevealPage(slug);
    if (failed) return failed;
  }
  const found = await findPasteForPage(slug);
  // A chosen slug in another case.
  if (found && found.paste.slug !== slug && share === undefined) redirect(`/${found.paste.slug}`);
  const step = await followPersonalLink(slug, { found, share, confirm });
  if (step?.name === 'code') {
    setPageHeader('X-Robots-Tag', 'noindex');
    const { CodePage } = await import('@/components/sharing/code-page');
    return <CodePage slug={slug} invitation={step.invitation} />;
  }
  const asked = { isSaved: saved !== undefined, asksForKey: key !== undefined && saved === undefined };
  if (found?.paste.isSecret) {
    setPageHeader('X-Robots-Tag', 'noindex');
    const { SecretReading } = await import('@/components/reading/burn/secret-reading');
    const offer = step && <EditingOffer slug={slug} invitation={step.invitation} />;
    return <SecretReading found={found} {...asked} offer={offer} />;
  }
  if (reveal || !found || found.paste.burnAfter !== null) {
    const { burningPage } = await import('@/components/reading/burn/burning-page');
    const burning = await burningPage({ slug, found, ...asked });
    if (burning) return burning;
  }
  if (!found) throw new AppError('not_found');
  if (!isIndexed(found)) setPageHeader('X-Robots-Tag', 'noindex');
  if (!found.isOpen) return <Envelope />;
  const query = typeof view === 'string' ? view : undefined;
  const text = await getPageText();
  const views = readViews((await cookies()).get(VIEWS_COOKIE)?.value);
  const files = await unlessDeleted(slug, { caller: found.caller, surface: 'page' }, () =>
    loadFiles(found.paste.files, {
      query,
      views,
      text,
      reader: largeReader(found.caller),
      leave: keepMarkup,
      leaveLate: keepLateMarkup,
      afterwards: afterResponse,
    }),
  );
  await recordOpenedPage(found.paste.grant);
  const isJustSaved = saved !== undefined && canEdit(found.caller, found.paste, found.now);
  return (
    <Reading
      found={found}
      files={files}
      editKey={isJustSaved ? await keyForSavedPage() : undefined}
      offer={step?.invitation ?? null}
      asksForKey={asked.asksForKey}
    />
  );
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
  asksForKey: boolean;
}

async function Reading({ found, files, editKey, offer, asksForKey }: ReadingProps) {
  const { paste, caller, now } = found;
  const text = await getPageText();
  const isManager = canManage(caller, paste, now);
  const isSecondary = editKey !== undefined && isManager;
  return (
    <>
      <PastePage
        paste={paste}
        files={files}
        now={now}
        viewer={await viewerOf(found, await heldEditKeys())}
        dialogs={dialogsFor(found, text)}
        wrap={readWrapChoice((await cookies()).get(WRAP_COOKIE)?.value)}
        notices={
          <>
            {offer === null ? null : <EditingOffer slug={paste.slug} invitation={offer} />}
            {isSecondary ? <SavedPanel paste={paste} now={now} editKey={editKey} /> : null}
            {asksForKey ? <ShownEditKey found={found} /> : null}
            {editKey === undefined || isManager ? null : (
              <Notice name="saved">{text.t('sharing.editorSaved')}</Notice>
            )}
          </>
        }
        isSecondary={isSecondary}
        text={text}
      />
      <ReaderAids />
      {canShare(caller, paste, now) ? <ShareSheetAid /> : null}
    </>
  );
}
