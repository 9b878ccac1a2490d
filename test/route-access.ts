// The callers, in the order of the columns: an anonymous client, a user, a moderator, an admin; a personal token of an admin
// without any scope, one with all of them, one with all but admin; the access token of a banned user, and of
// one who has signed out.
export const CALLERS = [
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

export interface Row {
  route: string;
  which: string;
  statuses: number[];
}

export const ROWS: Row[] = TABLE.split('\n')
  .filter((line) => line.includes('|'))
  .map((line) => {
    const [route = '', which = '', statuses = ''] = line.split('|').map((cell) => cell.trim());
    return { route: route.replace(/ +/, ' '), which, statuses: statuses.split(' ').map(Number) };
  });
