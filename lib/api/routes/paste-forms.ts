import type { MiddlewareHandler } from 'hono';
import { toAppError } from '../../core/app-error';
import { changeSettings } from '../../pastes/change-settings';
import { deletePaste } from '../../pastes/delete';
import { hideSchema, updatePasteSchema } from '../../pastes/schema';
import { isSlugShaped } from '../../pastes/slug';
import { hideOne, showOne } from '../../reports/hide';
import { slugOf } from '../answers';
import { readFields, validate } from '../body';
import { type ApiApp, type ApiContext, type ApiEnv, callerOf, guard, memberOf } from '../context';
import { forgetEditKey } from '../edit-key-cookie';
import { refusalOf } from '../form-refusal';
import { authenticateBrowser } from '../middleware/authenticate';
import { limited } from '../middleware/limited';
import { pageForm, translatorOf } from '../middleware/page-form';
import { problemOf } from '../problem-document';
import { refusalSentence } from '../refusal-sentence';

/**
 * The forms on the page of a paste, of `PostedForm`. The front renders this page too, where no server action could be
 * called. A script gets the address of the next page, or the reason as one sentence; a browser is redirected.
 */
export function addPasteFormRoutes(app: ApiApp): void {
  const writing = guard({ scope: 'pastes:write' });
  const moderating = guard({ access: 'moderator', scope: 'pastes:write' });
  const changing = limited('change-pastes');
  app.use('/:slug/forms/*', pageForm, sayWhy, authenticateBrowser);
  app.post('/:slug/forms/delete', writing, limited('read-api'), postDelete);
  app.post('/:slug/forms/settings', writing, changing, postSettings);
  app.post('/:slug/forms/hide', moderating, changing, postHide);
  app.post('/:slug/forms/show', moderating, changing, postShow);
}

async function postDelete(c: ApiContext): Promise<Response> {
  const [slug, caller] = [slugOf(c), callerOf(c)];
  await readFields(c);
  await deletePaste(slug, caller);
  if (caller.editKeyHash !== null) forgetEditKey(c, slug);
  return goTo(c, caller.user === null ? '/?deleted' : '/me?deleted=1');
}

async function postSettings(c: ApiContext): Promise<Response> {
  const [slug, form] = [slugOf(c), await readFields(c)];
  const lifetime = form.get('lifetime');
  const input = validate(updatePasteSchema, {
    visibility: form.get('visibility'),
    ...(lifetime === 'keep' ? {} : { expires_in: lifetime }),
  });
  await changeSettings(slug, input, { caller: callerOf(c), ifMatch: form.get('etag') ?? '' });
  return goTo(c, `/${slug}?saved`);
}

async function postHide(c: ApiContext): Promise<Response> {
  const [slug, form] = [slugOf(c), await readFields(c)];
  const { reason } = validate(hideSchema, { reason: form.get('reason') ?? '' });
  await hideOne(slug, reason, memberOf(c));
  return goTo(c, `/${slug}`);
}

async function postShow(c: ApiContext): Promise<Response> {
  const slug = slugOf(c);
  await readFields(c);
  await showOne(slug, memberOf(c));
  return goTo(c, `/${slug}`);
}

const sayWhy: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  // `pageForm` answers failures.
  if (c.error === undefined || c.res.status >= 500) return;
  const error = toAppError(c.error);
  const slug = slugOf(c);
  // What is no slug could lead to another site, or be no header.
  if (isBrowser(c) && isSlugShaped(slug)) {
    const page = `/${slug}?refused=${refusalOf(error)}`;
    c.res = new Response(null, { status: 303, headers: { Location: page } });
    return;
  }
  const t = translatorOf(c);
  const { errors: [first] = [] } = problemOf(error, t);
  c.res = new Response(first?.message ?? refusalSentence(refusalOf(error), t), c.res);
  c.res.headers.set('Content-Type', 'text/plain; charset=UTF-8');
};

function goTo(c: ApiContext, href: string): Response {
  return isBrowser(c) ? c.redirect(href, 303) : c.text(href);
}

/** Whether the browser itself posted the form, without a script. */
function isBrowser(c: ApiContext): boolean {
  return c.req.header('accept')?.includes('text/html') ?? false;
}
