import { expect, test } from './fixtures';
import { PASSWORD } from './support/accounts';
import { mailsTo, waitForMail } from './support/mail';
import { findForm, postFound } from './support/plain-form';
import { query } from './support/storage';

const STORM = 50;

/** `storm@…`, `Storm@…`, `sTorm@…`: one address in as many ways of writing it. */
function inAnotherCase(address: string, n: number): string {
  return [...address].map((letter, at) => ((n >> (at % 6)) & 1 ? letter.toUpperCase() : letter)).join('');
}

test('fifty concurrent registrations of one address create one account and send one mail', async ({
  sheaf,
}) => {
  const address = `storm-${sheaf.name}@example.com`;
  const pageUrl = `${sheaf.url}/register`;
  const form = findForm(await (await fetch(pageUrl)).text(), ['email', 'username', 'password']);
  const answers = await Promise.all(
    Array.from({ length: STORM }, (_, n) =>
      postFound(pageUrl, form, {
        fields: {
          email: inAnotherCase(address, n),
          username: `storm-${sheaf.name}-${n}`,
          password: PASSWORD,
          password_again: PASSWORD,
        },
      }),
    ),
  );
  // All callers get the same response, whether or not the account is theirs; a busy machine may reject some.
  const answered = answers.filter((answer) => answer.status !== 503);
  expect(new Set(answered.map((answer) => `${answer.status} ${answer.headers.get('location')}`)).size).toBe(
    1,
  );
  expect(answered[0]?.status).toBe(303);

  const users = await query<{ email: string }>(
    sheaf.databaseUrl,
    `select email from users where username like 'storm-${sheaf.name}-%'`,
  );
  expect(users).toEqual([{ email: address }]);
  await waitForMail(sheaf.mailFolder, address);
  const countMails = () =>
    query<{ total: number; waiting: number }>(
      sheaf.databaseUrl,
      `select count(*)::int as total, count(*) filter (where sent_at is null)::int as waiting
       from outbox_mails m join users u on u.id = m.user_id where u.email = '${address}'`,
    );
  // A mail is marked as sent after it is sent.
  await expect.poll(countMails).toEqual([{ total: 1, waiting: 0 }]);
  expect(await mailsTo(sheaf.mailFolder, address)).toHaveLength(1);
});

test('fifty registrations over the API create one account, and the others get an error', async ({
  api,
  sheaf,
}) => {
  const address = `api-storm-${sheaf.name}@example.com`;
  const answers = await Promise.all(
    Array.from({ length: STORM }, (_, n) =>
      api.post('/api/v1/auth/register', {
        email: inAnotherCase(address, n),
        username: `api-storm-${sheaf.name}-${n}`,
        password: PASSWORD,
      }),
    ),
  );
  const statuses = answers.map((answer) => answer.status).filter((status) => status !== 503);
  expect(statuses.sort()).toEqual([201, ...Array<number>(statuses.length - 1).fill(409)]);
  await waitForMail(sheaf.mailFolder, address);
  expect(await mailsTo(sheaf.mailFolder, address)).toHaveLength(1);
});
