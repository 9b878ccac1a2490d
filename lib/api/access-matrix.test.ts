import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { newSecret, type SecretPaste } from '@/e2e/support/secret';
import { useTestDatabase } from '@/test/test-env';
import { APPLICANT, addUser, holdMail, PASSWORD, tokenMailedTo } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { registerUser } from '../accounts/register';
import { requestPasswordReset } from '../accounts/reset-password';
import { deleteSessions } from '../accounts/sessions/service';
import { startFamily } from '../accounts/tokens/pairs';
import { createPersonalToken } from '../accounts/tokens/personal';
import { SCOPES, type Scope } from '../accounts/tokens/schema';
import { createContact } from '../contacts/service';
import type { UserRecord } from '../core/caller';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { createPaste, createSecretPaste } from '../pastes/create';
import { etagOf } from '../pastes/dto';
import { findPaste } from '../pastes/queries';
import { createPasteSchema } from '../pastes/schema';
import { createSecretPasteSchema } from '../pastes/secret-schema';
import { updatePaste } from '../pastes/update';
import { listApprovals } from '../reports/approval-queries';
import { reportPaste } from '../reports/report';
import { createReportSchema } from '../reports/schema';
import { createShareSchema } from '../sharing/schema';
import { sharePaste } from '../sharing/service';
import { api } from './app';

useTestDatabase({ RATE_LIMIT_SCALE: '100000', CONTACT_EMAIL: 'abuse@example.org' });
holdMail();

// The callers, in the order of the columns: an anonymous client, a user, a moderator, an admin; a personal token of an admin
// without any scope, one with all of them, one with all but admin; the access token of a banned user, and of
// one who has signed out.
const CALLERS = [
  ...['anonymous', 'user', 'moderator', 'admin'],
  ...['no scope', 'all scopes', 'all scopes but admin', 'banned', 'signed out'],
];

/** The response of every route to each caller, for a valid request. */
const TABLE = `
                                                                  anon.   moder.  no scope  not admin out
                                                                      user  admin   all scopes  banned
POST   /api/v1/auth/register                      |               | 201 201 201 201 201 201 201 401 401
POST   /api/v1/auth/verify-email                  |               | 200 200 200 200 200 200 200 401 401
POST   /api/v1/auth/resend-verification           |               | 202 202 202 202 202 202 202 401 401
POST   /api/v1/auth/login                         |               | 200 200 200 200 200 200 200 401 401
POST   /api/v1/auth/refresh                       |               | 200 200 200 200 200 200 200 401 401
POST   /api/v1/auth/logout                        |               | 401 204 204 204 403 403 403 401 401
POST   /api/v1/auth/logout                        | refresh token | 204 204 204 204 403 403 403 401 401
POST   /api/v1/auth/forgot-password               |               | 202 202 202 202 202 202 202 401 401
POST   /api/v1/auth/reset-password                |               | 204 204 204 204 204 204 204 401 401
POST   /api/v1/auth/change-password               |               | 401 204 204 204 403 403 403 401 401
POST   /api/v1/auth/change-email                  |               | 401 202 202 202 403 403 403 401 401
GET    /api/v1/users/me                           |               | 401 200 200 200 403 200 200 401 401
PATCH  /api/v1/users/me                           |               | 401 200 200 200 403 200 200 401 401
DELETE /api/v1/users/me                           |               | 401 204 204 204 403 403 403 401 401
PUT    /api/v1/users/me/avatar                    |               | 401 200 200 200 403 200 200 401 401
DELETE /api/v1/users/me/avatar                    |               | 401 200 200 200 403 200 200 401 401
GET    /api/v1/users/me/pastes                    |               | 401 200 200 200 403 200 200 401 401
GET    /api/v1/users/me/export                    |               | 401 200 200 200 403 200 200 401 401
GET    /settings/export                           |               | 303 200 200 200 403 200 200 401 401
POST   /preferences                               |               | 303 303 303 303 303 303 303 303 303
POST   /logout                                    |               | 303 303 303 303 303 303 303 303 303
POST   /api/composer                              |               | 201 201 201 201 403 201 201 401 401
POST   /api/shared                                |               | 303 303 303 303 303 303 303 303 303
GET    /api/v1/users/me/sessions                  |               | 401 200 200 200 403 200 200 401 401
DELETE /api/v1/users/me/sessions                  |               | 401 204 204 204 403 403 403 401 401
DELETE /api/v1/users/me/sessions/:id              | own           | 401 204 204 204 403 403 403 401 401
DELETE /api/v1/users/me/sessions/:id              | another's     | 401 404 404 404 403 403 403 401 401
GET    /api/v1/users/me/tokens                    |               | 401 200 200 200 403 403 403 401 401
POST   /api/v1/users/me/tokens                    |               | 401 201 201 201 403 403 403 401 401
DELETE /api/v1/users/me/tokens/:id                | own           | 401 204 204 204 403 403 403 401 401
DELETE /api/v1/users/me/tokens/:id                | another's     | 401 404 404 404 403 403 403 401 401
POST   /api/v1/users/me/claim                     |               | 401 200 200 200 403 200 200 401 401
GET    /api/v1/users/:username                    |               | 200 200 200 200 403 200 200 401 401
GET    /api/v1/admin/users                        |               | 401 404 404 200 403 200 403 401 401
GET    /api/v1/admin/users/:id                    |               | 401 404 404 200 403 200 403 401 401
PATCH  /api/v1/admin/users/:id                    |               | 401 404 404 200 403 200 403 401 401
POST   /api/v1/admin/invitations                  |               | 401 404 404 201 403 201 403 401 401
DELETE /api/v1/admin/users/:id                    |               | 401 404 404 204 403 403 403 401 401
DELETE /api/v1/admin/users/:id                    | own           | 401 404 404 422 403 403 403 401 401
GET    /api/v1/admin/settings                     |               | 401 404 404 200 403 200 403 401 401
PATCH  /api/v1/admin/settings                     |               | 401 404 404 200 403 200 403 401 401
GET    /api/v1/admin/audit                        |               | 401 404 404 200 403 200 403 401 401
GET    /api/v1/admin/audit/export.ndjson          |               | 401 404 404 200 403 200 403 401 401
GET    /api/v1/admin/audit/export.csv             |               | 401 404 404 200 403 200 403 401 401
POST   /api/v1/pastes/:slug/reports               | public        | 202 202 202 202 403 202 202 401 401
POST   /api/v1/pastes/:slug/reports               | private       | 404 404 404 202 403 202 404 401 401
POST   /api/v1/pastes/:slug/reports               | hidden        | 404 404 404 404 403 404 404 401 401
GET    /api/v1/admin/reports                      |               | 401 404 200 200 403 200 404 401 401
GET    /api/v1/admin/reports/:id                  |               | 401 404 200 200 403 200 404 401 401
POST   /api/v1/admin/reports/:id/decision         |               | 401 404 204 204 403 204 404 401 401
POST   /api/v1/admin/pastes/hide                  |               | 401 404 200 200 403 200 404 401 401
GET    /api/v1/admin/approvals                    |               | 401 404 200 200 403 200 404 401 401
POST   /api/v1/admin/approvals/:id/decision       |               | 401 404 204 204 403 204 404 401 401
GET    /api/v1/admin/blocked-hashes               |               | 401 404 200 200 403 200 404 401 401
DELETE /api/v1/admin/blocked-hashes/:sha256       |               | 401 404 204 204 403 204 404 401 401
GET    /.well-known/security.txt                  |               | 200 200 200 200 200 200 200 200 200
POST   /api/v1/pastes                             | unlisted      | 201 201 201 201 403 201 201 401 401
POST   /api/v1/pastes                             | private       | 422 201 201 201 403 201 201 401 401
POST   /api/v1/uploads                            |               | 201 201 201 201 403 201 201 401 401
GET    /api/v1/pastes                             |               | 200 200 200 200 403 200 200 401 401
GET    /api/v1/pastes/:slug                       | public        | 200 200 200 200 403 200 200 401 401
GET    /api/v1/pastes/:slug                       | private       | 404 404 404 200 403 200 404 401 401
GET    /api/v1/pastes/:slug                       | own private   | 404 200 200 200 403 200 200 401 401
GET    /api/v1/pastes/:slug                       | hidden        | 404 404 200 200 403 200 404 401 401
GET    /api/v1/pastes/:slug                       | own hidden    | 404 200 200 200 403 200 200 401 401
GET    /api/v1/pastes/:slug                       | burning       | 200 200 200 200 403 200 200 401 401
PATCH  /api/v1/pastes/:slug                       | public        | 401 404 404 404 403 404 404 401 401
PATCH  /api/v1/pastes/:slug                       | own private   | 401 200 200 200 403 200 200 401 401
PATCH  /api/v1/pastes/:slug                       | own secret    | 401 422 422 422 403 422 422 401 401
PATCH  /api/v1/pastes/:slug                       | burning       | 401 404 404 404 403 404 404 401 401
PATCH  /api/v1/pastes/:slug                       | own burning   | 401 422 422 422 403 422 422 401 401
DELETE /api/v1/pastes/:slug                       | own burning   | 401 204 204 204 403 204 204 401 401
DELETE /api/v1/pastes/:slug                       | public        | 401 404 404 204 403 204 404 401 401
DELETE /api/v1/pastes/:slug                       | own private   | 401 204 204 204 403 204 204 401 401
POST   /api/v1/pastes/:slug/reveal                | public        | 200 200 200 200 403 200 200 401 401
POST   /api/v1/pastes/:slug/reveal                | private       | 404 404 404 200 403 200 404 401 401
POST   /api/v1/pastes/:slug/reveal                | hidden        | 404 404 200 200 403 200 404 401 401
POST   /api/v1/pastes/:slug/reveal                | burning       | 200 200 200 200 403 200 200 401 401
POST   /api/v1/pastes/:slug/reveal                | own burning   | 200 200 200 200 403 200 200 401 401
POST   /api/v1/pastes/:slug/reveal                | secret burning | 403 403 403 403 403 403 403 401 401
GET    /api/v1/pastes/:slug/lock                  | secret        | 200 200 200 200 403 200 200 401 401
GET    /api/v1/pastes/:slug/lock                  | secret private | 404 404 404 200 403 200 404 401 401
GET    /api/v1/pastes/:slug/lock                  | own burning   | 404 404 404 404 403 404 404 401 401
POST   /api/v1/pastes/:slug/hide                  | public        | 401 404 204 204 403 204 404 401 401
POST   /api/v1/pastes/:slug/hide                  | private       | 401 404 404 204 403 204 404 401 401
DELETE /api/v1/pastes/:slug/hide                  | hidden        | 401 404 204 204 403 204 404 401 401
DELETE /api/v1/pastes/:slug/hide                  | own hidden    | 401 404 404 204 403 204 404 401 401
GET    /api/v1/pastes/:slug/raw                   | public        | 200 200 200 200 403 200 200 401 401
GET    /api/v1/pastes/:slug/raw                   | private       | 404 404 404 200 403 200 404 401 401
GET    /api/v1/pastes/:slug/raw                   | own burning   | 403 403 403 403 403 403 403 401 401
GET    /api/v1/pastes/:slug/files/:n/raw          | public        | 200 200 200 200 403 200 200 401 401
GET    /api/v1/pastes/:slug/files/:n/raw          | private       | 404 404 404 200 403 200 404 401 401
GET    /api/v1/pastes/:slug/revisions             | public        | 404 404 404 404 403 404 404 401 401
GET    /api/v1/pastes/:slug/revisions             | own private   | 404 200 200 200 403 200 200 401 401
GET    /api/v1/pastes/:slug/revisions             | own burning   | 404 404 404 404 403 404 404 401 401
GET    /api/v1/pastes/:slug/revisions/:n          | own burning   | 404 404 404 404 403 404 404 401 401
GET    /api/v1/pastes/:slug/revisions/:n          | public        | 404 404 404 404 403 404 404 401 401
GET    /api/v1/pastes/:slug/revisions/:n          | own private   | 404 200 200 200 403 200 200 401 401
GET    /api/v1/pastes/:slug/revisions/:n/raw      | own burning   | 404 404 404 404 403 404 404 401 401
GET    /api/v1/pastes/:slug/revisions/:n/raw      | public        | 404 404 404 404 403 404 404 401 401
GET    /api/v1/pastes/:slug/revisions/:n/raw      | own private   | 404 200 200 200 403 200 200 401 401
DELETE /api/v1/pastes/:slug/revisions/:n          | public        | 401 404 404 404 403 404 404 401 401
DELETE /api/v1/pastes/:slug/revisions/:n          | own private   | 401 204 204 204 403 204 204 401 401
GET    /api/v1/users/me/shared                    |               | 401 200 200 200 403 200 200 401 401
GET    /api/v1/pastes/:slug/shares                | public        | 401 404 404 404 403 404 404 401 401
GET    /api/v1/pastes/:slug/shares                | own private   | 401 200 200 200 403 200 200 401 401
POST   /api/v1/pastes/:slug/shares                | public        | 401 404 404 404 403 404 404 401 401
POST   /api/v1/pastes/:slug/shares                | own private   | 401 201 201 201 403 201 201 401 401
PATCH  /api/v1/shares/:id                         | own           | 401 200 200 200 403 200 200 401 401
PATCH  /api/v1/shares/:id                         | another's     | 401 404 404 404 403 404 404 401 401
DELETE /api/v1/shares/:id                         | own           | 401 204 204 204 403 204 204 401 401
DELETE /api/v1/shares/:id                         | another's     | 401 404 404 404 403 404 404 401 401
GET    /api/v1/contacts                           |               | 401 200 200 200 403 200 200 401 401
POST   /api/v1/contacts                           |               | 401 201 201 201 403 201 201 401 401
GET    /api/v1/contacts/birthdays                 |               | 401 200 200 200 403 200 200 401 401
GET    /api/v1/contacts/:id                       | own           | 401 200 200 200 403 200 200 401 401
GET    /api/v1/contacts/:id                       | another's     | 401 404 404 404 403 404 404 401 401
PUT    /api/v1/contacts/:id                       | own           | 401 200 200 200 403 200 200 401 401
PUT    /api/v1/contacts/:id                       | another's     | 401 404 404 404 403 404 404 401 401
PATCH  /api/v1/contacts/:id                       | own           | 401 200 200 200 403 200 200 401 401
PATCH  /api/v1/contacts/:id                       | another's     | 401 404 404 404 403 404 404 401 401
PATCH  /api/v1/contacts/:id/favorite              | own           | 401 200 200 200 403 200 200 401 401
PATCH  /api/v1/contacts/:id/favorite              | another's     | 401 404 404 404 403 404 404 401 401
DELETE /api/v1/contacts/:id                       | own           | 401 204 204 204 403 204 204 401 401
DELETE /api/v1/contacts/:id                       | another's     | 401 404 404 404 403 404 404 401 401
GET    /:slug/raw                                 | public        | 200 200 200 200 403 200 200 401 401
GET    /:slug/raw                                 | private       | 404 404 404 200 403 200 404 401 401
GET    /:slug/raw/:n                              | own private   | 404 200 200 200 403 200 200 401 401
GET    /:slug/download                            | public        | 200 200 200 200 403 200 200 401 401
GET    /:slug/download                            | private       | 404 404 404 200 403 200 404 401 401
GET    /:slug/download                            | own burning   | 403 403 403 403 403 403 403 401 401
POST   /:slug/download                            | public        | 200 200 200 200 403 200 200 401 401
POST   /:slug/download                            | private       | 404 404 404 200 403 200 404 401 401
POST   /:slug/download                            | own burning   | 403 403 403 403 403 403 403 401 401
GET    /:slug/lock                                | secret        | 200 200 200 200 403 200 200 401 401
GET    /:slug/lock                                | secret private | 404 404 404 200 403 200 404 401 401
GET    /:slug/lock                                | secret burning | 200 200 200 200 403 200 200 401 401
GET    /:slug/lock                                | public        | 404 404 404 404 403 404 404 401 401
POST   /:slug/reveal                              | secret burning | 200 200 200 200 403 200 200 401 401
POST   /:slug/reveal                              | secret private | 404 404 404 200 403 200 404 401 401
POST   /:slug/reveal                              | own burning   | 422 422 422 422 403 422 422 401 401
POST   /:slug/forms/delete                        | public        | 401 404 404 200 403 200 404 401 401
POST   /:slug/forms/delete                        | own private   | 401 200 200 200 403 200 200 401 401
POST   /:slug/forms/settings                      | public        | 404 404 404 404 403 404 404 401 401
POST   /:slug/forms/settings                      | own private   | 404 200 200 200 403 200 200 401 401
POST   /:slug/forms/hide                          | public        | 401 404 200 200 403 200 404 401 401
POST   /:slug/forms/hide                          | private       | 401 404 404 200 403 200 404 401 401
POST   /:slug/forms/show                          | hidden        | 401 404 200 200 403 200 404 401 401
POST   /:slug/forms/show                          | own hidden    | 401 404 404 200 403 200 404 401 401
POST   /documents                                 |               | 200 200 200 200 403 200 200 401 401
GET    /documents/:key                            | public        | 200 200 200 200 403 200 200 401 401
GET    /documents/:key                            | private       | 404 404 404 200 403 200 404 401 401
GET    /documents/:key                            | burning       | 403 403 403 403 403 403 403 401 401
GET    /documents/:key                            | secret        | 404 404 404 404 403 404 404 401 401
GET    /raw/:key                                  | secret        | 200 200 200 200 403 200 200 401 401
GET    /raw/:key                                  | burning       | 403 403 403 403 403 403 403 401 401
GET    /raw/:key                                  | public        | 200 200 200 200 403 200 200 401 401
GET    /raw/:key                                  | own private   | 404 200 200 200 403 200 200 401 401
GET    /api/terminal/:name                        | public        | 200 200 200 200 403 200 200 401 401
GET    /api/terminal/:name                        | private       | 404 404 404 200 403 200 404 401 401
GET    /api/terminal/:name                        | own private   | 404 200 200 200 403 200 200 401 401
GET    /api/terminal/:name                        | burning       | 403 403 403 403 403 403 403 401 401
POST   /api/terminal                              |               | 201 201 201 201 403 201 201 401 401
PUT    /api/terminal                              |               | 201 201 201 201 403 201 201 401 401
PUT    /api/terminal/:name                        |               | 201 201 201 201 403 201 201 401 401
PUT    /api/terminal/:name                        | public        | 405 405 405 405 403 405 405 401 401
PUT    /api/terminal/:name                        | private       | 201 201 201 405 403 405 201 401 401
PUT    /api/terminal/:name                        | own private   | 201 405 405 405 403 405 405 401 401
GET    /api/v1/openapi.json                       |               | 200 200 200 200 200 200 200 401 401
GET    /api/avatars/:uuid/:version                |               | 200 200 200 200 200 200 200 200 200
GET    /api/health                                |               | 200 200 200 200 200 200 200 200 200
GET    /api/ready                                 |               | 200 200 200 200 200 200 200 200 200
GET    /api/cron/sweep                            |               | 401 401 401 401 401 401 401 401 401
GET    /api/metrics                                |               | 404 404 404 404 404 404 404 404 404
`;

interface Row {
  route: string;
  which: string;
  statuses: number[];
}

const ROWS: Row[] = TABLE.split('\n')
  .filter((line) => line.includes('|'))
  .map((line) => {
    const [route = '', which = '', statuses = ''] = line.split('|').map((cell) => cell.trim());
    return { route: route.replace(/ +/, ' '), which, statuses: statuses.split(' ').map(Number) };
  });

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

async function ask(caller: string, row: Row): Promise<Response> {
  const cell = await makeCell(caller, row);
  const [method = '', pattern = ''] = row.route.split(' ');
  const { json, body, type }: Sent = (await BODIES[row.route]?.(cell)) ?? {};
  const headers = new Headers();
  if (cell.credential !== null) headers.set('authorization', `Bearer ${cell.credential}`);
  if (json !== undefined) headers.set('content-type', 'application/json');
  if (type !== undefined) headers.set('content-type', type);
  const path = pattern.replace(/:(\w+)/g, (_colon, name: string) => cell.params[name] ?? '');
  const sent = json === undefined ? body : JSON.stringify(json);
  return api.request(path, { method, headers, ...(sent === undefined ? {} : { body: sent }) });
}

beforeAll(async () => {
  secret = await newSecret();
  const square = { width: 20, height: 20, channels: 3, background: '#0f6b5c' } as const;
  picture = new Uint8Array(await sharp({ create: square }).png().toBuffer());
});

describe('the table', () => {
  it('contains exactly the existing routes', () => {
    const registered = api.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(ROWS.map(({ route }) => route))].sort()).toEqual([...new Set(registered)].sort());
  });

  it('has a row for every route', () => {
    expect(ROWS.filter(({ statuses }) => statuses.length !== CALLERS.length)).toEqual([]);
  });
});

describe('every route, for every caller', () => {
  for (const row of ROWS) {
    it(`${row.route} ${row.which}`, async () => {
      const answers: Response[] = [];
      for (const caller of CALLERS) answers.push(await ask(caller, row));
      expect(answers.map(({ status }) => status)).toEqual(row.statuses);
      for (const answer of answers) {
        if (answer.status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        const text = await answer.text();
        expect(text).not.toMatch(/\$argon2|"hash"|edit_key_hash|session_?token/i);
      }
    });
  }
});

describe('the description of the API', () => {
  it('documents every status of the table', () => {
    const { paths = {} } = api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '' } });
    const silent = ROWS.flatMap(({ route, statuses }) => {
      const [method = '', pattern = ''] = route.split(' ');
      const described = paths[pattern.replace(/:(\w+)/g, '{$1}')];
      // The document needs no credential, and says so.
      if (!described || !pattern.startsWith('/api/v1/') || pattern.endsWith('.json')) return [];
      const operation = Object.entries(described).find(([name]) => name === method.toLowerCase())?.[1];
      const told = Object.keys(operation?.responses ?? {}).map(Number);
      return [...new Set(statuses)]
        .filter((status) => !told.includes(status))
        .map((status) => `${route} ${status}`);
    });
    expect(silent).toEqual([]);
  });
});
