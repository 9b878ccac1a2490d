import createClient from 'openapi-fetch';
import type { components, paths } from './sheaf-api';

// A client as its author writes it: with types made from the API document, and nothing else of Sheaf. Tests
// generate `sheaf-api.ts` and compile this file with it; it is never on disk.

type Schemas = components['schemas'];

export interface Errand {
  baseUrl: string;
  person: Schemas['Register'];
  /** The token that was mailed to this address. */
  tokenMailedTo: (email: string) => Promise<string>;
  picture: Blob;
  /** Sends the requests. */
  fetch: (request: Request) => Promise<Response>;
}

/** Registers, creates, lists, shares and deletes; gives what it has seen. */
export async function runErrand({ baseUrl, person, tokenMailedTo, picture, fetch }: Errand) {
  const guest = createClient<paths>({ baseUrl, fetch });
  const registered = dataOf(await guest.POST('/api/v1/auth/register', { body: person }));
  const token = await tokenMailedTo(person.email);
  const { password } = person;
  const verified = await guest.POST('/api/v1/auth/verify-email', { body: { token, password } });
  const { access_token, refresh_token } = dataOf(verified).token;
  const headers = { authorization: `Bearer ${access_token}` };
  const client = createClient<paths>({ baseUrl, headers, fetch });

  const key = { header: { 'idempotency-key': crypto.randomUUID() } };
  const body = { first_name: 'Grace', email: `friend-of-${person.email}` };
  const contact = dataOf(await client.POST('/api/v1/contacts', { params: key, body }));
  const again = await client.POST('/api/v1/contacts', { params: key, body });
  const { id } = contact;
  const sentBack = dataOf(
    await client.PUT('/api/v1/contacts/{id}', {
      params: { path: { id } },
      body: { ...contact, favorite: true },
    }),
  );
  const favorites = await client.GET('/api/v1/contacts', { params: { query: { favorite: true } } });
  const me = dataOf(await client.GET('/api/v1/users/me'));
  const renamed = dataOf(await client.PATCH('/api/v1/users/me', { body: { ...me, name: 'Ada' } }));

  const text = { title: 'An errand', content: 'the text', visibility: 'private' } as const;
  const paste: Schemas['Paste'] = dataOf(await client.POST('/api/v1/pastes', { body: text }));
  const pastes = dataOf(await client.GET('/api/v1/users/me/pastes', { params: { query: { limit: 5 } } }));
  const { slug } = paste;
  const share = dataOf(
    await client.POST('/api/v1/pastes/{slug}/shares', {
      params: { path: { slug }, ...key },
      body: { contact_id: id },
    }),
  );
  const revisions = dataOf(
    await client.GET('/api/v1/pastes/{slug}/revisions', { params: { path: { slug }, query: { limit: 1 } } }),
  );
  const raw: string = dataOf(
    await client.GET('/api/v1/pastes/{slug}/files/{n}/raw', {
      params: { path: { slug, n: 1 } },
      parseAs: 'text',
    }),
  );
  const files = [new Blob(['in a form'])];
  const link: string = dataOf(
    await client.POST('/api/v1/uploads', {
      params: { query: { visibility: 'private', burn_after: 1 } },
      body: { file: files },
      bodySerializer: () => formOf(files),
      parseAs: 'text',
    }),
  );

  const pictured = dataOf(
    await client.PUT('/api/v1/users/me/avatar', {
      body: { file: picture },
      bodySerializer: () => formOf([picture]),
    }),
  );

  const deleted = await client.DELETE('/api/v1/pastes/{slug}', { params: { path: { slug } } });
  const gone = await client.GET('/api/v1/pastes/{slug}', { params: { path: { slug } } });
  const code: Schemas['Problem']['code'] | undefined = gone.error?.code;
  const loggedOut = await guest.POST('/api/v1/auth/logout', { body: { refresh_token } });
  const afterwards = await client.GET('/api/v1/users/me');

  return {
    registered: registered.user.username,
    contact: {
      first_name: contact.first_name,
      replayed: again.response.headers.get('idempotent-replayed'),
      isSame: again.data?.id === id,
      favorite: sentBack.favorite,
      favorites: favorites.data?.items.map((one) => one.id === id),
    },
    name: renamed.name,
    paste: { title: paste.title, owner: paste.owner, listed: pastes.items.map((one) => one.slug === slug) },
    share: { role: share.role, isContact: share.contact_id === id },
    revisions: revisions.items.map(({ number }) => number),
    raw,
    isLink: link.startsWith(`${baseUrl}/`) && link.endsWith('\n'),
    hasPicture: pictured.profile_image_url !== me.profile_image_url,
    statuses: [deleted, gone, loggedOut, afterwards].map(({ response }) => response.status),
    code,
  };
}

/** @throws Error that tells the problem */
function dataOf<T>({ data, error, response }: { data?: T; error?: unknown; response: Response }): T {
  if (data !== undefined) return data;
  throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(error)}`);
}

function formOf(files: readonly Blob[]): FormData {
  const form = new FormData();
  for (const file of files) form.append('file', file, 'file');
  return form;
}
