import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { AppError } from '../../core/errors';
import { cookieOptions } from '../../core/http/cookie';
import { createPaste } from '../../pastes/create';
import { addToRing, editKeysCookieName, parseEditKeyRing, serializeEditKeyRing } from '../../pastes/edit-key';
import { nameCreate } from '../../pastes/idempotency';
import { SAVED_COOKIE, SAVED_SECONDS } from '../../pastes/saved-cookie';
import { createPasteSchema } from '../../pastes/schema';
import { reportCredentials } from '../../text/credentials/report-credentials';
import { decodeText, MAX_BODY_BYTES, parseJson } from '../body';
import { type ApiApp, type ApiContext, callerOf, guard } from '../context';
import { formOverhead, readForm } from '../form';
import { authenticateBrowser } from '../middleware/authenticate';
import { limited } from '../middleware/limited';
import { pageForm } from '../middleware/page-form';

const YEAR = 365 * 86_400;
const MAX_SHARED_PARTS = 30;
/** What fits into an address for every server in between. */
const MAX_ADDRESS = 4_000;
const SHARED_FIELDS = ['title', 'text', 'url'] as const;

const savedDraftSchema = z.strictObject({
  /** Of one save: the same again creates nothing new. */
  once: z.string(),
  /** Whether the author was signed in while writing. */
  author: z.enum(['member', 'guest']),
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
  app.post('/api/composer', pageForm, authenticateBrowser, writing, limited('change-pastes'), saveDraft);
  app.post('/api/shared', limited('read-api'), receiveShared);
}

/** Creates the paste of a save that waited for the network, and answers where it is. */
async function saveDraft(c: ApiContext): Promise<Response> {
  const draft = await parseJson(c, savedDraftSchema, { max: MAX_BODY_BYTES });
  const { paste: input, keeps_credentials: keepsCredentials } = draft;
  const caller = callerOf(c);
  if (draft.author === 'member' && !caller.user) throw new AppError('unauthorized');
  const { files, visibility = 'unlisted', burn_after: burnAfter } = input;
  const texts = files.map(({ content }) => content);
  // As in the composer, which then asks.
  const isAsked = !keepsCredentials && burnAfter === undefined;
  if (isAsked && (await reportCredentials(texts, { visibility }))) {
    throw new AppError('validation_failed', { fields: [{ path: 'files', message: 'credentials_found' }] });
  }
  // The key of a browser is random, and its address may change while it has no network.
  const once = nameCreate(draft.once, { caller: caller.user?.id ?? 'composer', input });
  const { paste, editKey } = await createPaste(input, caller, { once });
  if (editKey !== null) rememberKey(c, { slug: paste.slug, key: editKey });
  return c.json({ href: `/${paste.slug}?saved` }, 201);
}

/** As after a save by a form: this browser may edit the paste, and the next page shows the key once. */
function rememberKey(c: ApiContext, { slug, key }: { slug: string; key: string }): void {
  const ring = addToRing(parseEditKeyRing(getCookie(c, editKeysCookieName())), { slug, key });
  setCookie(c, editKeysCookieName(), serializeEditKeyRing(ring), { ...cookieOptions(), maxAge: YEAR });
  setCookie(c, SAVED_COOKIE, key, { ...cookieOptions(), path: `/${slug}`, maxAge: SAVED_SECONDS });
}

/**
 * What another app shares, in a browser without the service worker, which would keep it for the composer. Nothing is
 * stored: a short text becomes the address of a composer with it; for files the composer says what to do.
 */
async function receiveShared(c: ApiContext): Promise<Response> {
  const maxBytes = MAX_BODY_BYTES + formOverhead(MAX_SHARED_PARTS);
  const parts = await readForm(c, { maxBytes, maxParts: MAX_SHARED_PARTS });
  const query = new URLSearchParams();
  for (const name of SHARED_FIELDS) {
    const part = parts.find((one) => one.name === name && one.fileName === undefined);
    const text = part ? decodeText(part.content, name).trim() : '';
    if (text !== '') query.set(name, text);
  }
  const hasFiles = parts.some(({ fileName }) => fileName !== undefined && fileName !== '');
  const isLost = hasFiles || query.size === 0 || query.toString().length > MAX_ADDRESS;
  return c.redirect(isLost ? '/?shared=lost' : `/?${query}`, 303);
}
