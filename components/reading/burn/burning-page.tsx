import type { ReactNode } from 'react';
import { Statement } from '@/components/page/statement';
import { currentCaller } from '@/components/request/current-caller';
import { heldEditKeys, withEditKey } from '@/components/request/edit-key-cookie';
import { setPageHeader, setPageStatus } from '@/components/request/page-response';
import { getPageText } from '@/components/request/page-text';
import { keyForSavedPage } from '@/components/request/saved-page-key';
import { buttonVariants } from '@/components/ui/button-variants';
import { ButtonForm } from '@/components/ui/page-form';
import { toAppError } from '@/lib/core/app-error';
import type { PageText } from '@/lib/core/i18n/page-text';
import { canDelete, canHide, canManage, canShare, readsLeft } from '@/lib/pastes/policy';
import { countShares } from '@/lib/sharing/count-shares';
import { CopyLinkButton } from '../copy-link-button';
import { HiddenBanner } from '../hidden-banner';
import type { FoundPaste } from '../load/load-paste';
import { heldKeyOf } from '../load/viewer';
import { LocalTimes } from '../local-times';
import { DeleteDialog } from '../manage/delete-dialog';
import { HideDialog } from '../manage/hide-dialog';
import { ShowAgain } from '../manage/show-again';
import { momentValues } from '../moment';
import { ShownEditKey } from '../owner/edit-key';
import { SavedPanel } from '../owner/saved-panel';
import { ReportLink } from '../paste-end';
import { ReaderAids } from '../reader-aids';
import { dismissBurnAction } from './actions';
import { findReveal } from './carried-reveal';
import { ReadTimes } from './read-times';
import { RevealForm } from './reveal-form';
import { ShortenForm } from './shorten-form';

interface BurningPageOptions {
  slug: string;
  found: FoundPaste | null;
  isSaved: boolean;
  /** Whether its author wants to see the edit key again. */
  asksForKey: boolean;
}

/** The page of a paste that burns, of what was just revealed of it, or of its end; null for any other paste. */
export async function burningPage({ slug, found, ...asked }: BurningPageOptions): Promise<ReactNode> {
  const carried = await findReveal(slug);
  if (carried) setPageHeader('X-Robots-Tag', 'noindex');
  if (carried?.revealed) {
    const { RevealedPage } = await import('./revealed-page');
    return <RevealedPage revealed={carried.revealed} nonce={carried.nonce} />;
  }
  const text = await getPageText();
  if (carried) {
    const { code, status } = toAppError(carried.error);
    if (code !== 'reveal_required') throw carried.error;
    setPageStatus(status);
  }
  if (!found) return burnedPage(slug, text);
  if (found.paste.burnAfter === null) return null;
  setPageHeader('X-Robots-Tag', 'noindex');
  return <Envelope found={found} {...asked} isLate={carried !== undefined} text={text} />;
}

/**
 * The page of a reveal that failed but would not a second time: offers to post it again. Null otherwise. Asks neither
 * database nor store, which may have failed.
 */
export async function failedRevealPage(slug: string): Promise<ReactNode> {
  const carried = await findReveal(slug);
  if (!carried || carried.revealed) return null;
  const { code, status, retryAfter } = toAppError(carried.error);
  if (status < 500 && code !== 'conflict') return null;
  setPageStatus(status);
  setPageHeader('X-Robots-Tag', 'noindex');
  if (retryAfter !== undefined) setPageHeader('Retry-After', String(retryAfter));
  const { t } = await getPageText();
  return (
    <Statement title={t('burning.failed')} detail={t('burning.failedExplain')}>
      <RevealForm slug={slug} label={t('burning.again')} nonce={carried.nonce} />
    </Statement>
  );
}

/** What its author sees after the last read. */
async function burnedPage(slug: string, text: PageText): Promise<ReactNode> {
  const { findBurnRecord } = await import('@/lib/pastes/burn-records');
  const record = await findBurnRecord(slug, await withEditKey(await currentCaller(), slug));
  if (!record || !setPageStatus(404)) return null;
  setPageHeader('X-Robots-Tag', 'noindex');
  const { t } = text;
  return (
    <>
      <Statement title={t('burning.burned')} detail={t('burning.burnedExplain')}>
        <ReadTimes times={record.readAt} text={text} />
        <ButtonForm action={dismissBurnAction.bind(null, slug)}>
          <button type="submit" className={buttonVariants()}>
            {t('burning.dismiss')}
          </button>
        </ButtonForm>
      </Statement>
      <LocalTimes />
    </>
  );
}

interface EnvelopeProps {
  found: FoundPaste;
  isSaved: boolean;
  asksForKey: boolean;
  /** Whether the minute of an earlier reveal is over. */
  isLate: boolean;
  text: PageText;
}

async function Envelope({ found, isSaved, asksForKey, isLate, text }: EnvelopeProps) {
  const { paste, caller, now } = found;
  const { t } = text;
  const { slug } = paste;
  const left = readsLeft(paste) ?? 0;
  const isAuthor = canManage(caller, paste, now);
  const { listReads } = await import('@/lib/pastes/burn-records');
  const times = isAuthor ? await listReads(paste.id) : [];
  const sharedWith = canShare(caller, paste, now)
    ? ((await countShares([paste.id])).get(paste.id) ?? 0)
    : null;
  const isHidable = canHide(caller, paste, now);
  const explain = isAuthor ? 'burning.authorExplain' : 'burning.explain';
  return (
    <>
      {isAuthor && isSaved ? <SavedPanel paste={paste} now={now} editKey={await keyForSavedPage()} /> : null}
      {asksForKey ? <ShownEditKey found={found} /> : null}
      {paste.hiddenAt === null ? null : <HiddenBanner paste={paste} isOwn={isAuthor} text={text} />}
      <Statement
        title={t(isAuthor ? 'burning.own' : 'burning.title', { count: left })}
        detail={isLate ? t('burning.late') : t(explain, { count: left })}
      >
        <ReadTimes times={times} text={text} />
        <RevealForm slug={slug} label={t('burning.reveal')} isMain={!isAuthor} />
        {isAuthor && !isSaved ? (
          <span className="needs-script">
            <CopyLinkButton text={text} />
          </span>
        ) : null}
        {heldKeyOf(found, await heldEditKeys()) === null ? null : (
          <a href={`/${slug}?key`} className={buttonVariants()}>
            {t('reading.showEditKey')}
          </a>
        )}
        {sharedWith === null ? null : (
          <a href={`/${slug}/share`} className={buttonVariants()}>
            {t('sharing.tool', { count: sharedWith })}
          </a>
        )}
        {isHidable && paste.hiddenAt === null ? (
          <HideDialog slug={slug} triggerClassName={buttonVariants({ variant: 'quiet' })} text={text} />
        ) : null}
        {isHidable && paste.hiddenAt !== null ? (
          <ShowAgain slug={slug} className={buttonVariants({ variant: 'quiet' })} text={text} />
        ) : null}
        {canDelete(caller, paste, now) ? <DeleteDialog slug={slug} text={text} /> : null}
        <p className="mt-1 w-full text-sm text-muted">
          {paste.expiresAt === null
            ? t('reading.endKept')
            : t.rich('burning.expires', momentValues(paste.expiresAt, now, text))}
        </p>
        {isAuthor ? <ShortenForm paste={paste} now={now} text={text} /> : null}
        <p className="w-full text-xs text-muted">
          <ReportLink slug={slug} text={text} />
        </p>
      </Statement>
      <ReaderAids />
    </>
  );
}
