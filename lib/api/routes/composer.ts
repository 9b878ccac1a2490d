import type { MiddlewareHandler } from 'hono';
import { setCookie } from 'hono/cookie';
import { z } from 'zod';
import { toAppError } from '../../core/app-error';
import { AppError, invalidField } from '../../core/errors';
import { cookieOptions } from '../../core/http/cookie';
import { createPaste } from '../../pastes/create';
import { nameCreate } from '../../pastes/idempotency';
import { SAVED_COOKIE, SAVED_SECONDS } from '../../pastes/saved-cookie';
import { createPasteSchema } from '../../pastes/schema';
import { reportCredentials } from '../../text/credentials/report-credentials';
import { MAX_BODY_BYTES, parseJson } from '../body';
import { type ApiApp, type ApiContext, type ApiEnv, callerOf, guard } from '../context';
import { rememberEditKey } from '../edit-key-cookie';
import { authenticateBrowser } from '../middleware/authenticate';
import { limited } from '../middleware/limited';
import { pageForm, translatorOf } from '../middleware/page-form';
import { problemOf } from '../problem-document';

/** The `author` of a page without an account. */
const GUEST = 'guest';

const savedDraftSchema = z.strictObject({
  /** Of one save: the same again creates nothing new. */
  once: z.string(),
  /** Whose page it was written on: the id of a user, or `guest`. */
  author: z.string(),
  /** Whether the author was asked about the credentials in the text, and keeps them. */
  keeps_credentials: z.boolean(),
  paste: createPasteSchema,
});

/**
 * For the composer and the service worker of this site only. Unlike a server action, these paths answer the pages of
 * every build.
 */
export function addComposerRoutes(app: ApiApp): void {
  const writing = guard({ scope: 'pastes:write' });
  const changing = limited('change-pastes');
  app.post('/api/composer', pageForm, inReadersLanguage, authenticateBrowser, writing, changing, saveDraft);
  app.post('/api/shared', limited('read-api'), refuseShared);
}

/** Says why a save is refused in the language of the page, which may be too old to have the words itself. */
const inReadersLanguage: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  if (c.error === undefined || c.res.status >= 500) return;
  c.res = new Response(JSON.stringify(problemOf(toAppError(c.error), translatorOf(c))), c.res);
};

/**
 * Creates the paste of a save that waited for the network, and answers where it is. By now another account may be
 * signed in: the paste is saved for the author of the page, or not at all.
 */
async function saveDraft(c: ApiContext): Promise<Response> {
  const draft = await parseJson(c, savedDraftSchema, { max: MAX_BODY_BYTES });
  const { paste: input, keeps_credentials: keepsCredentials } = draft;
  const caller = callerOf(c);
  if (draft.author !== (caller.user?.id ?? GUEST)) throw new AppError('unauthorized');
  const { files, visibility = 'unlisted', burn_after: burnAfter } = input;
  const texts = files.map(({ content }) => content);
  // As in the composer, which then asks.
  const isAsked = !keepsCredentials && burnAfter === undefined;
  if (isAsked && (await reportCredentials(texts, { visibility }))) {
    throw invalidField('files', 'credentials_undecided');
  }
  // The key of a browser is random, and its address may change while it has no network.
  const once = nameCreate(draft.once, { caller: caller.user?.id ?? 'composer', input });
  const { paste, editKey } = await createPaste(input, caller, { once });
  if (editKey !== null) rememberKey(c, { slug: paste.slug, key: editKey });
  return c.json({ href: `/${paste.slug}?saved` }, 201);
}

/** As after a save by a form: this browser may edit the paste, and the next page shows the key once. */
function rememberKey(c: ApiContext, { slug, key }: { slug: string; key: string }): void {
  rememberEditKey(c, { slug, key });
  setCookie(c, SAVED_COOKIE, key, { ...cookieOptions(), path: `/${slug}`, maxAge: SAVED_SECONDS });
}

/**
 * What another app shares, in a browser without the service worker, which would keep it for the composer. Nothing of it
 * is read, so a page of another site can post nothing into a draft; the composer says that it has to be pasted.
 */
function refuseShared(c: ApiContext): Response {
  return c.redirect('/?shared=lost', 303);
}
