import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { newSecret, type SecretPaste } from '@/e2e/support/secret';
import { APPLICANT, addUser, PASSWORD, tokenMailedTo } from '@/test/test-people';
import { registerUser } from '../lib/accounts/register';
import { requestPasswordReset } from '../lib/accounts/reset-password';
import { deleteSessions } from '../lib/accounts/sessions/service';
import { startFamily } from '../lib/accounts/tokens/pairs';
import { createPersonalToken } from '../lib/accounts/tokens/personal';
import { SCOPES, type Scope } from '../lib/accounts/tokens/schema';
import { api } from '../lib/api/app';
import { createContact } from '../lib/contacts/service';
import type { UserRecord } from '../lib/core/caller';
import { now } from '../lib/core/clock';
import { prisma } from '../lib/core/prisma';
import { createPaste, createSecretPaste } from '../lib/pastes/create';
import { etagOf } from '../lib/pastes/dto';
import { findPaste } from '../lib/pastes/queries';
import { createPasteSchema } from '../lib/pastes/schema';
import { createSecretPasteSchema } from '../lib/pastes/secret-schema';
import { updatePaste } from '../lib/pastes/update';
import { listApprovals } from '../lib/reports/approval-queries';
import { reportPaste } from '../lib/reports/report';
import { createReportSchema } from '../lib/reports/schema';
import { createShareSchema } from '../lib/sharing/schema';
import { sharePaste } from '../lib/sharing/service';
import { ANONYMOUS, signedIn } from './callers';
import type { Row } from './route-access';

/** The request of one cell of the table, with accounts and resources created only for it. */
interface Cell {
  me: UserRecord;
  /** What `me` asks with. */
  credential: string | null;
  other: UserRecord;
  params: Record<string, string>;
}

interface Sent {
  json?: unknown;
  body?: BodyInit;
  type?: string;
}

let picture: Uint8Array<ArrayBuffer>;
let secret: SecretPaste;

/** What a route is sent; the rest is sent nothing. */
const BODIES: Record<string, (cell: Cell) => Promise<Sent> | Sent> = {
  'POST /api/v1/auth/register': () => ({ json: newcomer() }),
  'POST /api/v1/auth/verify-email': async () => {
    const { email } = await registerUser(newcomer(), APPLICANT);
    return { json: { token: await tokenMailedTo(email), password: PASSWORD } };
  },
  'POST /api/v1/auth/resend-verification': ({ other }) => ({ json: { email: other.email } }),
  'POST /api/v1/auth/login': ({ other }) => ({ json: { email: other.email, password: PASSWORD } }),
  'POST /api/v1/auth/refresh': async ({ other }) => {
    const { refresh_token } = await startFamily(other, ANONYMOUS);
    return { json: { refresh_token } };
  },
  'POST /api/v1/auth/logout': async ({ other, params }) => {
    if (params.visibility === '') return {};
    const { refresh_token } = await startFamily(other, ANONYMOUS);
    return { json: { refresh_token } };
  },
  'POST /api/v1/auth/forgot-password': ({ other }) => ({ json: { email: other.email } }),
  'POST /api/v1/auth/reset-password': async ({ other }) => {
    await requestPasswordReset(other.email);
    return { json: { token: await tokenMailedTo(other.email), password: 'another long walk' } };
  },
  'POST /api/v1/auth/change-password': () => ({
    json: { current_password: PASSWORD, new_password: 'another long walk' },
  }),
  'POST /api/v1/auth/change-email': () => ({ json: { email: newcomer().email, password: PASSWORD } }),
  'PATCH /api/v1/users/me': () => ({ json: { name: 'Another Name' } }),
  'DELETE /api/v1/users/me': () => ({ json: { password: PASSWORD } }),
  'PUT /api/v1/users/me/avatar': () => ({ body: picture, type: 'image/png' }),
  'POST /api/v1/users/me/tokens': () => ({ json: { name: 'A token', scopes: ['account'] } }),
  'POST /api/v1/users/me/claim': async () => {
    const { paste, editKey } = await createPaste(createPasteSchema.parse({ content: 'x' }), ANONYMOUS);
    return { json: { slug: paste.slug, edit_key: editKey } };
  },
  'PATCH /api/v1/admin/users/:id': () => ({ json: { role: 'moderator' } }),
  'DELETE /api/v1/admin/users/:id': () => ({ json: { password: PASSWORD } }),
  'PATCH /api/v1/admin/settings': () => ({ json: { notice: 'Texts are removed every Sunday.' } }),
  'POST /api/v1/admin/invitations': () => ({ json: { email: newcomer().email } }),
  'POST /api/v1/pastes/:slug/reports': () => ({ json: { reason: 'spam' } }),
  'POST /api/v1/admin/reports/:id/decision': () => ({ json: { decision: 'dismiss', revision: 2 } }),
  'POST /api/v1/admin/approvals/:id/decision': async ({ params }) => {
    const { items } = await listApprovals({ limit: 100 });
    const version = items.find(({ id }) => id === params.id)?.version;
    return { json: { decision: 'approve', version } };
  },
  'POST /api/v1/admin/pastes/hide': () => ({ json: { slugs: ['Absent1'], reason: 'x' } }),
  'POST /api/v1/pastes': ({ params }) => ({ json: { content: 'x', visibility: params.visibility } }),
  'POST /api/v1/uploads': () => ({ body: 'x', type: 'text/plain' }),
  'POST /api/composer': ({ me, credential }) => ({
    json: {
      once: randomUUID(),
      author: credential === null ? 'guest' : me.id,
      keeps_credentials: false,
      paste: { content: 'x' },
    },
  }),
  'POST /api/shared': () => ({
    body: '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\na\r\n--x--\r\n',
    type: 'multipart/form-data; boundary=x',
  }),
  'POST /api/terminal': () => ({ body: 'x', type: 'text/plain' }),
  'PUT /api/terminal': () => ({ body: 'x' }),
  'PUT /api/terminal/:name': () => ({ body: 'x' }),
  'POST /:slug/download': () => ({
    body: 'nonce=a-nonce-of-a-reader',
    type: 'application/x-www-form-urlencoded',
  }),
  'POST /:slug/reveal': () => ({
    body: `nonce=a-nonce-of-a-reader&proof=${secret.proof}`,
    type: 'application/x-www-form-urlencoded',
  }),
  'POST /:slug/forms/delete': () => formOf({}),
  'POST /:slug/forms/settings': async ({ params }) => {
    const paste = await findPaste(params.slug ?? '', now());
    return formOf({ visibility: 'unlisted', lifetime: 'keep', etag: paste ? etagOf(paste) : '' });
  },
  'POST /:slug/forms/hide': () => formOf({ reason: 'It should not be seen.' }),
  'POST /:slug/forms/show': () => formOf({}),
  'POST /documents': () => ({ body: 'x', type: 'text/plain' }),
  'POST /preferences': () => ({ body: 'theme=dark', type: 'application/x-www-form-urlencoded' }),
  'PATCH /api/v1/pastes/:slug': () => ({ json: { content: 'y' } }),
  'POST /api/v1/contacts': () => ({ json: { first_name: 'Ada' } }),
  'PUT /api/v1/contacts/:id': () => ({ json: { first_name: 'Augusta' } }),
  'PATCH /api/v1/contacts/:id': () => ({ json: { info: 'met in 1833' } }),
  'PATCH /api/v1/contacts/:id/favorite': () => ({ json: { favorite: true } }),
  'POST /api/v1/pastes/:slug/shares': () => ({ json: { email: newcomer().email } }),
  'PATCH /api/v1/shares/:id': () => ({ json: { role: 'editor' } }),
  'POST /api/v1/pastes/:slug/hide': () => ({ json: { reason: 'It should not be seen.' } }),
};

function formOf(fields: Record<string, string>): Sent {
  return { body: new URLSearchParams(fields).toString(), type: 'application/x-www-form-urlencoded' };
}

function newcomer() {
  const username = `n-${randomUUID().slice(0, 13)}`;
  return { email: `${username}@example.com`, username, password: PASSWORD };
}

async function makeCell(caller: string, { route, which }: Row): Promise<Cell> {
  const role = caller === 'moderator' || caller === 'user' ? caller : 'admin';
  const isAnyRole = ['anonymous', 'banned', 'signed out'].includes(caller);
  const me = await addUser({ role: isAnyRole ? 'user' : role });
  const other = await addUser();
  const credential = await credentialOf(caller, me);
  const params = { n: '1', version: 'drawn', uuid: other.id, username: other.username };
  const isOwn = which.startsWith('own');
  return {
    me,
    credential,
    other,
    params: {
      ...params,
      visibility: which,
      id: await idFor(route, isOwn ? me : other),
      name: 'notes.md',
      sha256: route.includes(':sha256') ? await addBlocked() : '',
      ...(/:slug|:key/.test(route) || (route.includes(':name') && which !== '')
        ? await addPaste(isOwn ? me : other, which)
        : {}),
    },
  };
}

const SCOPES_OF: Record<string, Scope[]> = {
  'no scope': [],
  'all scopes': [...SCOPES],
  'all scopes but admin': SCOPES.filter((scope) => scope !== 'admin'),
};

async function credentialOf(caller: string, me: UserRecord): Promise<string | null> {
  if (caller === 'anonymous') return null;
  const scopes = SCOPES_OF[caller];
  if (scopes) {
    const created = await createPersonalToken(signedIn(me), { name: 'A token', scopes, expires_in: 'never' });
    return created.token ?? null;
  }
  const { access_token } = await startFamily(me, ANONYMOUS);
  if (caller === 'banned') {
    await prisma().user.update({ where: { id: me.id }, data: { bannedAt: new Date() } });
  }
  if (caller === 'signed out') await deleteSessions(prisma(), me.id);
  return access_token;
}

async function idFor(route: string, whose: UserRecord): Promise<string> {
  if (route.includes('/sessions/')) {
    await startFamily(whose, ANONYMOUS);
    const where = { userId: whose.id };
    return (await prisma().session.findFirstOrThrow({ where, orderBy: { id: 'desc' } })).id;
  }
  if (route.includes('/contacts/')) return (await createContact(whose.id, { first_name: 'Ada' })).id;
  if (route.includes('/shares/')) return addShare(whose);
  if (route.includes('/admin/reports/')) return addCase(whose);
  if (route.includes('/admin/approvals/')) {
    await prisma().user.update({ where: { id: whose.id }, data: { awaitsApproval: true } });
    await addPaste(whose, 'public');
    return whose.id;
  }
  if (!route.includes('/tokens/')) return whose.id;
  const input = { name: 'A token', scopes: ['account' as const], expires_in: 'never' };
  return (await createPersonalToken(signedIn(whose), input)).id;
}

async function addShare(owner: UserRecord): Promise<string> {
  const { slug = '' } = await addPaste(owner, 'private');
  const input = createShareSchema.parse({ email: newcomer().email });
  const [share] = await sharePaste(slug, [input], { caller: signedIn(owner) });
  return share?.id ?? '';
}

async function addBlocked(): Promise<string> {
  const sha256 = randomBytes(32);
  await prisma().blockedHash.create({ data: { sha256, reason: 'x', blockedAt: new Date() } });
  return sha256.toString('hex');
}

async function addCase(owner: UserRecord): Promise<string> {
  const { slug = '' } = await addPaste(owner, 'public');
  await reportPaste(slug, createReportSchema.parse({ reason: 'spam' }), { caller: ANONYMOUS, locale: 'en' });
  return (await prisma().reportCase.findFirstOrThrow({ where: { slug } })).id;
}

/** A paste of two revisions, or one that burns, or a secret one. */
async function addPaste(owner: UserRecord, which: string): Promise<Record<string, string>> {
  const caller = signedIn(owner);
  if (which.includes('secret')) {
    const { payload, proofHash } = secret;
    const { paste } = await createSecretPaste(
      createSecretPasteSchema.parse({
        encryption: 'age-v1',
        payload,
        lock: payload,
        proof_hash: proofHash,
        visibility: which.endsWith('private') ? 'private' : 'unlisted',
        burn_after: which.endsWith('burning') ? 2 : null,
      }),
      caller,
    );
    return { slug: paste.slug, key: paste.slug, name: paste.slug };
  }
  const isBurning = which.endsWith('burning');
  const visibility = which.endsWith('private') ? 'private' : 'public';
  const settings = isBurning ? { burn_after: 2 } : { visibility };
  const { paste } = await createPaste(createPasteSchema.parse({ content: 'x', ...settings }), caller);
  if (!isBurning) await updatePaste(paste.slug, { files: [{ content: 'y' }] }, { caller });
  if (which.endsWith('hidden')) {
    await prisma().paste.update({
      where: { id: paste.id },
      data: { hiddenAt: new Date(), hiddenReason: 'x' },
    });
  }
  return { slug: paste.slug, key: paste.slug, name: paste.slug };
}

/** A valid request to a route, from a caller who is new, and the accounts that exist only for it. */
export interface PreparedRequest {
  me: UserRecord;
  /** Owns what is not the caller's, and is who an admin's request is about. */
  other: UserRecord;
  params: Record<string, string>;
  send(): Response | Promise<Response>;
}

export async function prepareRequest(caller: string, row: Row): Promise<PreparedRequest> {
  const cell = await makeCell(caller, row);
  const [method = '', pattern = ''] = row.route.split(' ');
  const { json, body, type }: Sent = (await BODIES[row.route]?.(cell)) ?? {};
  const headers = new Headers();
  if (cell.credential !== null) headers.set('authorization', `Bearer ${cell.credential}`);
  if (json !== undefined) headers.set('content-type', 'application/json');
  if (type !== undefined) headers.set('content-type', type);
  const path = pattern.replace(/:(\w+)/g, (_colon, name: string) => cell.params[name] ?? '');
  const sent = json === undefined ? body : JSON.stringify(json);
  const { me, other, params } = cell;
  return {
    me,
    other,
    params,
    send: () => api.request(path, { method, headers, ...(sent === undefined ? {} : { body: sent }) }),
  };
}

/** Sends a valid request to a route, from a caller who is new. */
export async function ask(caller: string, row: Row): Promise<Response> {
  const { send } = await prepareRequest(caller, row);
  return send();
}

/** Makes what several requests send. */
export async function prepareRequests(): Promise<void> {
  secret = await newSecret();
  const square = { width: 20, height: 20, channels: 3, background: '#0f6b5c' } as const;
  picture = new Uint8Array(await sharp({ create: square }).png().toBuffer());
}
