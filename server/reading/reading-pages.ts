import type { IncomingMessage, ServerResponse } from 'node:http';
import { shownUser } from '@/components/layout/account-menu';
import { momentLabels } from '@/components/reading/display';
import { isIndexed } from '@/components/reading/paste-metadata';
import { bySession } from '@/lib/accounts/sessions/queries';
import { readSessionCookie } from '@/lib/accounts/sessions/session-cookie';
import { toAppError } from '@/lib/core/app-error';
import { anonymousCaller, type Caller } from '@/lib/core/caller';
import { AppError } from '@/lib/core/errors';
import { sessionCookieName } from '@/lib/core/http/cookie';
import { pageTextIn } from '@/lib/core/i18n/page-text';
import { setting, settingsVersion } from '@/lib/core/settings/stored-settings';
import { editKeysCookieName, findInRing, hashEditKey, parseEditKeyRing } from '@/lib/pastes/edit-key';
import type { Grant } from '@/lib/pastes/grants';
import { totalBytes } from '@/lib/pastes/large-reads';
import { lookUpPaste } from '@/lib/pastes/look-up';
import { asMembersOnly } from '@/lib/pastes/members-only';
import { canDelete, canEdit, canHide, decideRead } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { withGrant } from '@/lib/pastes/with-grant';
import { readConfirmedShares, sharesCookieName } from '@/lib/sharing/confirmed-shares';
import { recordOpened } from '@/lib/sharing/opened';
import { type PageAssets, readAssets, withAccent } from './assets';
import { createPageCache, FinishedPage } from './page-cache';
import { type ReadingRequest, readingRequest } from './reading-request';
import type { PageFrame, ShownPaste } from './render-page';

/** Texts over this size, and of more lines, are highlighted in the Next process: they take too long here. */
const MAX_BYTES = 64 * 1024;
const MAX_LINES = 5_000;

interface FoundPaste {
  paste: PasteRecord & { grant: Grant | null };
  now: Date;
}

/**
 * Answers requests for the pages of pastes, for readers who may not change them.
 * @returns whether it answers this request; if not, Next does
 */
export function createReadingPages(): (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<boolean> {
  const cache = createPageCache();
  let assets: PageAssets | undefined;
  return async (request, response) => {
    const asked = readingRequest(request);
    if (asked === null) return false;
    assets ??= readAssets();
    const frame: PageFrame = { asked, user: null, assets: withAccent(assets, setting('accent')) };
    try {
      const caller = await readCaller(asked, request);
      frame.user = caller.user && shownUser(caller.user);
      const found = await findForReader(asked, caller);
      if (found === 'next') return false;
      if (found === null) throw new AppError('not_found');
      const { grant } = found.paste;
      const shown = { ...found, isShared: grant !== null };
      const page = await finishPage(shown, { frame, caller, cache });
      // The text of a secret paste is opened when its ciphertext is read.
      if (!found.paste.isSecret)
        recordOpened(grant, { method: asked.method, purpose: headerOf(request, 'sec-purpose') });
      const { policy } = frame.assets;
      const isPublic = isIndexed({ ...found, isOpen: true });
      await send({ status: 200, policy, page, isIndexed: isPublic, request, response });
    } catch (error) {
      await sendProblem(
        asMembersOnly(toAppError(error, { method: asked.method, route: '/:slug' }), frame.user),
        { frame, request, response },
      );
    }
    return true;
  };
}

async function readCaller({ cookies, slug }: ReadingRequest, { headers }: IncomingMessage): Promise<Caller> {
  const [session, shareIds] = await Promise.all([
    readSessionCookie(cookies[sessionCookieName()]),
    readConfirmedShares(cookies[sharesCookieName()]),
  ]);
  const editKey = findInRing(parseEditKeyRing(cookies[editKeysCookieName()]), slug);
  const get = (name: string) => headers[name] as string | undefined;
  return {
    ...anonymousCaller({ get }),
    ...(session && bySession(session)),
    shareIds,
    editKeyHash: editKey === null ? null : hashEditKey(editKey),
  };
}

/** The paste; null if it does not exist for this caller, `next` if their page has more than a text to read. */
async function findForReader({ slug }: ReadingRequest, caller: Caller): Promise<FoundPaste | 'next' | null> {
  // Its author may be told how it ended.
  const absent = caller.user === null && caller.editKeyHash === null ? null : 'next';
  const { paste: found, now: at } = await lookUpPaste(slug);
  if (!found) return absent;
  const paste = await withGrant(found, caller);
  const decision = decideRead(caller, paste, { surface: 'page', now: at });
  if (decision === 'absent') return absent;
  const isReader =
    !canEdit(caller, paste, at) && !canDelete(caller, paste, at) && !canHide(caller, paste, at);
  if (!isReader || paste.slug !== slug) return 'next';
  // Its page is made without its text.
  if (paste.isSecret) return { paste, now: at };
  if (decision !== 'full') return 'next';
  const lines = paste.files.reduce((sum, file) => sum + file.lines, 0);
  if (totalBytes(paste.files) > MAX_BYTES || lines > MAX_LINES) return 'next';
  return { paste, now: at };
}

async function finishPage(
  shown: ShownPaste,
  { frame, caller, cache }: { frame: PageFrame; caller: Caller; cache: ReturnType<typeof createPageCache> },
): Promise<FinishedPage> {
  const key = pageKey(shown, frame);
  const known = cache.get(key);
  if (known) return known;
  const { renderPastePage, renderSecretPage } = await import('./render-page');
  const { html, isFinal } = shown.paste.isSecret
    ? { html: renderSecretPage(shown, frame), isFinal: true }
    : await renderPastePage(shown, { frame, reader: caller });
  const page = new FinishedPage(html);
  if (isFinal) cache.set(key, page);
  return page;
}

/** All that a page is made of, besides the build. Two readers with the same key see the same page. */
function pageKey({ paste, isShared, now: at }: ShownPaste, { asked, user, assets }: PageFrame): string {
  const {
    slug,
    title,
    owner,
    ownerName,
    visibility,
    isOwnerNew,
    expiresAt,
    createdAt,
    updatedAt,
    revision,
    stored,
    burnAfter,
    reads,
  } = paste;
  const text = pageTextIn(asked.locale);
  const times = [createdAt, updatedAt, ...(expiresAt ? [expiresAt] : [])].map((time) => [
    time.getTime(),
    momentLabels(time, at, text).relative,
  ]);
  return JSON.stringify([
    [asked.path, asked.view, asked.locale, asked.theme, asked.wrap, asked.views],
    // The policy allows the styles that the page has.
    [user, settingsVersion(), assets.accentStyle],
    [
      slug,
      title,
      owner,
      ownerName,
      visibility,
      isOwnerNew,
      revision,
      isShared,
      stored,
      paste.encryption,
      burnAfter,
      reads,
    ],
    times,
  ]);
}

interface Answer {
  status: number;
  policy: string;
  page: FinishedPage;
  isIndexed: boolean;
  request: IncomingMessage;
  response: ServerResponse;
}

async function send({ status, policy, page, isIndexed, request, response }: Answer): Promise<void> {
  const { body, encoding } = await page.encode(request.headers['accept-encoding']);
  if (response.destroyed) return;
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader('Vary', 'Accept, User-Agent, Accept-Encoding');
  if (!isIndexed) response.setHeader('X-Robots-Tag', 'noindex');
  if (encoding !== null) response.setHeader('Content-Encoding', encoding);
  response.setHeader('Content-Length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function sendProblem(
  problem: AppError,
  { frame, request, response }: { frame: PageFrame; request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { renderProblem } = await import('./render-page');
  const html = renderProblem(problem, frame);
  if (problem.retryAfter !== undefined && !response.headersSent) {
    response.setHeader('Retry-After', String(problem.retryAfter));
  }
  const { policy } = frame.assets;
  const page = new FinishedPage(html);
  await send({ status: problem.status, policy, page, isIndexed: false, request, response });
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  return headers[name]?.toString();
}
