import { expect, test } from './fixtures';
import { newcomer } from './support/accounts';
import { tokenIn, waitForMail } from './support/mail';
import { expectDescribed } from './support/openapi-contract';
import { fetchDocument } from './support/openapi-document';

interface Errand {
  baseUrl: string;
  person: { email: string; username: string; password: string };
  tokenMailedTo: (email: string) => Promise<string>;
  picture: Blob;
  fetch: (request: Request) => Promise<Response>;
}

// `lib/api/openapi-client.test.ts` compiles it with types made from the document, which are on no disk.
const CLIENT = './client/sheaf-client';
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('serves a client that is made from the document', async ({ sheaf }) => {
  const { runErrand } = (await import(CLIENT)) as { runErrand: (errand: Errand) => Promise<unknown> };
  const document = await fetchDocument(sheaf.url);
  const person = newcomer();
  const seen = await runErrand({
    baseUrl: sheaf.url,
    person,
    tokenMailedTo: async (email) => tokenIn(await waitForMail(sheaf.mailFolder, email), '/verify-email'),
    picture: new Blob([PICTURE], { type: 'image/png' }),
    fetch: async (request) => {
      const { method, url } = request;
      const response = await fetch(request);
      const { pathname, search } = new URL(url);
      const { status, headers } = response;
      const text = await response.clone().text();
      expectDescribed(document, { method, path: pathname + search, status, headers, text });
      return response;
    },
  });
  expect(seen).toEqual({
    registered: person.username,
    contact: { first_name: 'Grace', replayed: 'true', isSame: true, favorite: true, favorites: [true] },
    name: 'Ada',
    paste: { title: 'An errand', owner: person.username, listed: [true] },
    share: { role: 'reader', isContact: true },
    revisions: [1],
    raw: 'the text',
    isLink: true,
    hasPicture: true,
    statuses: [204, 404, 204, 401],
    code: 'not_found',
  });
});
