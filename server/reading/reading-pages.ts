import type { IncomingMessage, ServerResponse } from 'node:http';
import { shownUser } from '@/components/layout/account-menu';
import { shownUnopened } from '@/components/layout/unopened-shares';
import { momentLabels } from '@/components/reading/display';
import { viewerOf } from '@/components/reading/load/viewer';
import { isIndexed } from '@/components/reading/paste-metadata';
import type { SeenPaste } from '@/components/reading/seen-paste';
import { bySession } from '@/lib/accounts/sessions/queries';
import { readSessionCookie } from '@/lib/accounts/sessions/session-cookie';
import { toAppError } from '@/lib/core/app-error';
import { anonymousCaller, type Caller } from '@/lib/core/caller';
import { AppError } from '@/lib/core/errors';
import { sessionCookieName } from '@/lib/core/http/cookie';
import { pageTextIn } from '@/lib/core/i18n/page-text';
import { setting, settingsVersion } from '@/lib/core/settings/stored-settings';
import {
  type EditKeyRing,
  editKeysCookieName,
  findInRing,
  hashEditKey,
  parseEditKeyRing,
} from '@/lib/pastes/edit-key';
import { totalBytes } from '@/lib/pastes/large-reads';
import { lookUpPaste } from '@/lib/pastes/look-up';
import { asMembersOnly } from '@/lib/pastes/members-only';
import { canDelete, canHide, canManage, decideRead } from '@/lib/pastes/policy';
import { unlessDeleted } from '@/lib/pastes/read';
import { withGrant } from '@/lib/pastes/with-grant';
import { readConfirmedShares, sharesCookieName } from '@/lib/sharing/confirmed-shares';
import { recordOpened, shareToOpen } from '@/lib/sharing/opened';
import { type PageAssets, readAssets, withAccent } from './assets';
import { createPageCache, FinishedPage } from './page-cache';
import { type ReadingRequest, readingRequest } from './reading-request';
import type { PageFrame, ShownPaste } from './render-page';

/** Texts over this size, and of more lines, are highlighted in the Next process: they take too long here. */
const MAX_BYTES = 64 * 1024;
const MAX_LINES = 5_000;

/**
 * Answers requests for the pages of pastes.
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
    const frame: PageFrame = {
      asked,
      user: null,
      unopened: 0,
      assets: withAccent(assets, setting('accent')),
    };
    try {
      const caller = await readCaller(asked, request);
      frame.user = caller.user && shownUser(caller.user);
      const seen = await findForReader(asked, caller);
      if (seen === 'next') return false;
      if (seen === null) throw new AppError('not_found');
      // The text of a secret paste is opened when its ciphertext is read.
      const grant = seen.paste.isSecret ? null : seen.paste.grant;
      const asking = { method: asked.method, purpose: headerOf(request, 'sec-purpose') };
      const [viewer, unopened] = await Promise.all([
        viewerOf(seen, editKeysOf(asked)),
        caller.user ? shownUnopened(caller.user.email, shareToOpen(grant, asking)) : 0,
      ]);
      frame.unopened = unopened;
      const shown = { ...seen, viewer };
      const page = await unlessDeleted(asked.slug, { caller, surface: 'page' }, () =>
        finishPage(shown, { frame, cache }),
      );
      recordOpened(grant, asking);
      const { policy } = frame.assets;
      const isPublic = isIndexed({ ...seen, isOpen: true });
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

async function readCaller(asked: ReadingRequest, { headers }: IncomingMessage): Promise<Caller> {
  const { cookies, slug } = asked;
  const [session, shareIds] = await Promise.all([
    readSessionCookie(cookies[sessionCookieName()]),
    readConfirmedShares(cookies[sharesCookieName()]),
  ]);
  const editKey = findInRing(editKeysOf(asked), slug);
  const get = (name: string) => headers[name] as string | undefined;
  return {
    ...anonymousCaller({ get }),
    ...(session && bySession(session)),
    shareIds,
    editKeyHash: editKey === null ? null : hashEditKey(editKey),
  };
}

function editKeysOf({ cookies }: ReadingRequest): EditKeyRing {
  return parseEditKeyRing(cookies[editKeysCookieName()]);
}

/** The paste; null if it does not exist for this caller, `next` if only Next renders their page. */
async function findForReader({ slug }: ReadingRequest, caller: Caller): Promise<SeenPaste | 'next' | null> {
  // Its author may be told how it ended.
  const absent = caller.user === null && caller.editKeyHash === null ? null : 'next';
  const { paste: found, now } = await lookUpPaste(slug);
  if (!found) return absent;
  const paste = await withGrant(found, caller);
  const seen = { paste, caller, now };
  const decision = decideRead(caller, paste, { surface: 'page', now });
  if (decision === 'absent') return absent;
  if (paste.slug !== slug) return 'next';
  // Its page is made without its text. Its author also sees when it was read.
  if (paste.isSecret) return paste.burnAfter !== null && canManage(caller, paste, now) ? 'next' : seen;
  if (decision !== 'full') return 'next';
  const lines = paste.files.reduce((sum, file) => sum + file.lines, 0);
  if (totalBytes(paste.files) > MAX_BYTES || lines > MAX_LINES) return 'next';
  return seen;
}

async function finishPage(
  shown: ShownPaste,
  { frame, cache }: { frame: PageFrame; cache: ReturnType<typeof createPageCache> },
): Promise<FinishedPage> {
  const key = pageKey(shown, frame);
  const known = cache.get(key);
  if (known) return known;
  const { renderPastePage, renderSecretPage } = await import('./render-page');
  const { html, isFinal } = shown.paste.isSecret
    ? { html: renderSecretPage(shown, frame), isFinal: true }
    : await renderPastePage(shown, frame);
  const page = new FinishedPage(html);
  if (isFinal) cache.set(key, page);
  return page;
}

/** All that a page is made of, besides the build. Two readers with the same key see the same page. */
function pageKey({ paste, caller, viewer, now }: ShownPaste, frame: PageFrame): string {
  const { asked, user, unopened, assets } = frame;
  const text = pageTextIn(asked.locale);
  const { createdAt, updatedAt, expiresAt } = paste;
  const times = [createdAt, updatedAt, ...(expiresAt ? [expiresAt] : [])].map((time) => [
    time.getTime(),
    momentLabels(time, now, text).relative,
  ]);
  return JSON.stringify([
    [asked.path, asked.view, asked.locale, asked.theme, asked.wrap, asked.views],
    // The policy allows the styles that the page has.
    [user, unopened, settingsVersion(), assets.accentStyle],
    [paste.slug, paste.title, paste.owner, paste.ownerName, paste.visibility, paste.isOwnerNew],
    [paste.revision, paste.settingsVersion, paste.stored, paste.encryption, paste.burnAfter, paste.reads],
    [paste.hiddenAt, paste.hiddenReason],
    [viewer, canManage(caller, paste, now), canDelete(caller, paste, now), canHide(caller, paste, now)],
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
