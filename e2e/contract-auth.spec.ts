import { expect, test } from './fixtures';
import {
  bearerOf,
  join,
  newcomer,
  PASSWORD,
  postAsHost,
  refreshedShape,
  registeredShape,
  signedInShape,
  userShape,
  whoAmI,
} from './support/accounts';
import { expectProblem } from './support/checks';
import { linkIn, mailsTo, tokenIn, waitForMail } from './support/mail';
import { readEverything } from './support/storage';

const AUTH = '/api/v1/auth';
const NEW_PASSWORD = 'another long walk';

test('registers with a neutral answer, no hash and no token', async ({ api, sheaf }) => {
  const person = newcomer();
  const answer = await api.post(`${AUTH}/register`, person);
  expect(answer.status, answer.text).toBe(201);
  const { user } = answer.json(registeredShape);
  expect(user).toMatchObject({
    email: person.email,
    username: person.username,
    role: 'user',
    email_verified: false,
  });
  expect(answer.text).not.toMatch(/hash|argon|password/i);
  const stored = await readEverything(sheaf.databaseUrl);
  expect(stored).toContain('$argon2id$');
  expect(stored).not.toContain(PASSWORD);
  const token = tokenIn(await waitForMail(sheaf.mailFolder, person.email), '/verify-email');
  expect(stored).not.toContain(token);
});

test('reports every invalid field of a registration', async ({ api }) => {
  const bad: [path: string, fields: Record<string, unknown>][] = [
    ['email', { email: 'not an address' }],
    ['email', { email: 'а@example.com' }],
    ['email', { email: 'a@example.com\r\nBcc: b@example.com' }],
    ['email', { email: ['a@example.com'] }],
    ['email', { email: undefined }],
    ['username', { username: 'ab' }],
    ['username', { username: 'admin' }],
    ['username', { username: 'two words' }],
    ['password', { password: 'x'.repeat(9) }],
    ['password', { password: 'x'.repeat(129) }],
    ['password', { password: 'password123' }],
    ['password', { password: { $ne: '' } }],
    ['role', { role: 'admin' }],
  ];
  for (const [path, fields] of bad) {
    const answer = await api.post(`${AUTH}/register`, { ...newcomer(), ...fields });
    const problem = expectProblem(answer, 422, 'validation_failed');
    expect(problem.errors?.map((error) => error.path)).toContain(path);
  }
});

test('rejects a taken email or username', async ({ api, sheaf }) => {
  const member = await join(api, sheaf);
  const again = { ...newcomer(), email: member.email.toUpperCase() };
  expectProblem(await api.post(`${AUTH}/register`, again), 409, 'email_taken');
  const alike = { ...newcomer(), username: member.username.toUpperCase() };
  expectProblem(await api.post(`${AUTH}/register`, alike), 409, 'username_taken');
});

test('confirms an address by the mailed link, once', async ({ api, sheaf }) => {
  const person = newcomer();
  await api.post(`${AUTH}/register`, person);
  const login = { email: person.email, password: PASSWORD };
  expectProblem(await api.post(`${AUTH}/login`, login), 403, 'email_not_verified');
  const first = tokenIn(await waitForMail(sheaf.mailFolder, person.email), '/verify-email');
  expect((await api.post(`${AUTH}/resend-verification`, { email: person.email })).status).toBe(202);
  const second = tokenIn(await waitForMail(sheaf.mailFolder, person.email, 2), '/verify-email');

  const verify = (token: string, password = PASSWORD) =>
    api.post(`${AUTH}/verify-email`, { token, password });
  for (const token of [first, 'garbage', second.slice(1)]) {
    expectProblem(await verify(token), 400, 'invalid_token');
  }
  expectProblem(await api.post(`${AUTH}/verify-email`, { token: second }), 422, 'validation_failed');
  expectProblem(await verify(second, 'not the password'), 401, 'invalid_credentials');
  expectProblem(await api.post(`${AUTH}/login`, login), 403, 'email_not_verified');
  const verified = await verify(second);
  expect(verified.status, verified.text).toBe(200);
  const { user, token } = verified.json(signedInShape);
  expect(user.email_verified).toBe(true);
  expect((await whoAmI(api, token)).status).toBe(200);
  expectProblem(await verify(second), 400, 'invalid_token');
  expect((await api.post(`${AUTH}/login`, login)).status).toBe(200);
});

test('takeover: an unconfirmed account that is registered again loses its password permanently', async ({
  api,
  sheaf,
}) => {
  const first = newcomer();
  await api.post(`${AUTH}/register`, first);
  const confirm = tokenIn(await waitForMail(sheaf.mailFolder, first.email), '/verify-email');
  const second = { ...newcomer(), email: first.email, password: NEW_PASSWORD };
  expectProblem(await api.post(`${AUTH}/register`, second), 409, 'email_taken');
  const answer = await api.post(`${AUTH}/verify-email`, { token: confirm, password: first.password });
  expectProblem(answer, 400, 'invalid_token');
  await waitForMail(sheaf.mailFolder, first.email, 2);
  expect((await api.post(`${AUTH}/resend-verification`, { email: first.email })).status).toBe(202);
  const resent = await waitForMail(sheaf.mailFolder, first.email, 3);
  const token = tokenIn(resent, '/reset-password');
  const login = (password: string) => api.post(`${AUTH}/login`, { email: first.email, password });
  expectProblem(await login(first.password), 401, 'invalid_credentials');
  expect((await api.post(`${AUTH}/reset-password`, { token, password: NEW_PASSWORD })).status).toBe(204);
  expectProblem(await login(first.password), 401, 'invalid_credentials');
  expect((await login(NEW_PASSWORD)).status).toBe(200);
});

test('Auth.js has no routes', async ({ api }) => {
  for (const path of ['csrf', 'session', 'providers', 'signin', 'callback/credentials', 'signout', 'error']) {
    for (const method of ['GET', 'POST']) {
      const answer = await api.send(`/api/auth/${path}`, { method });
      expectProblem(answer, 404, 'not_found');
      expect(answer.headers.has('set-cookie')).toBe(false);
    }
  }
});

test('responds the same to a request for an email, whether or not the account exists', async ({
  api,
  sheaf,
}) => {
  const member = await join(api, sheaf);
  const before = (await mailsTo(sheaf.mailFolder, member.email)).length;
  const unknown = newcomer().email;
  for (const path of ['forgot-password', 'resend-verification']) {
    for (const email of [member.email, unknown]) {
      const answer = await api.post(`${AUTH}/${path}`, { email });
      expect([path, answer.status, answer.text]).toEqual([path, 202, '']);
      expect(answer.headers.get('server-timing')).toMatch(/^total;dur=\d*0$/);
    }
  }
  await waitForMail(sheaf.mailFolder, member.email, before + 1);
  expect(await mailsTo(sheaf.mailFolder, unknown)).toEqual([]);
});

test('signs in by email or username, and gives one error for everything wrong', async ({ api, sheaf }) => {
  const { email, username } = await join(api, sheaf);
  for (const login of [{ email }, { username }, { email: email.toUpperCase() }]) {
    const answer = await api.post(`${AUTH}/login`, { ...login, password: PASSWORD });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json(signedInShape).user.username).toBe(username);
    expect(answer.headers.has('set-cookie')).toBe(false);
  }
  const faults = [
    { email, password: 'not the password' },
    { username, password: 'not the password' },
    { email: newcomer().email, password: PASSWORD },
    { username: 'unknown\0', password: PASSWORD },
  ];
  const texts = new Set<string>();
  for (const json of faults) {
    const answer = await api.post(`${AUTH}/login`, json);
    expectProblem(answer, 401, 'invalid_credentials');
    texts.add(answer.text);
  }
  expect(texts.size).toBe(1);
});

test('identifies the user, and rejects missing and invalid tokens', async ({ api, sheaf }) => {
  const member = await join(api, sheaf);
  const me = await whoAmI(api, member.token);
  expect(me.json(userShape)).toMatchObject({ uuid: member.uuid, email: member.email });
  const rejected: Record<string, string>[] = [
    {},
    { authorization: 'Bearer nonsense' },
    { authorization: 'Basic YTpi' },
    { authorization: `Bearer ${member.token.refresh_token}` },
    { authorization: `Bearer ${member.token.access_token}x` },
    { cookie: `sheaf_session=${member.token.access_token}` },
  ];
  for (const headers of rejected) {
    const answer = await api.get('/api/v1/users/me', headers);
    expectProblem(answer, 401, 'unauthorized');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  }
});

test('renews a pair once; a second use ends the family', async ({ api, sheaf }) => {
  const { token: first } = await join(api, sheaf);
  const refresh = (refresh_token: string) => api.post(`${AUTH}/refresh`, { refresh_token });
  const answer = await refresh(first.refresh_token);
  expect(answer.status, answer.text).toBe(200);
  const { token: second } = answer.json(refreshedShape);
  expect((await whoAmI(api, second)).status).toBe(200);
  for (const token of [first.access_token, ''])
    expect((await refresh(token)).status).toBeGreaterThanOrEqual(400);
  expectProblem(await refresh(first.refresh_token), 401, 'unauthorized');
  expectProblem(await whoAmI(api, second), 401, 'unauthorized');
  expectProblem(await refresh(second.refresh_token), 401, 'unauthorized');
});

test('signs out, and revokes both tokens immediately', async ({ api, sheaf }) => {
  const { token, bearer, email } = await join(api, sheaf);
  const other = (await api.post(`${AUTH}/login`, { email, password: PASSWORD })).json(signedInShape).token;
  const out = await api.send(`${AUTH}/logout`, { method: 'POST', headers: bearer });
  expect([out.status, out.text]).toEqual([204, '']);
  expectProblem(await whoAmI(api, token), 401);
  expectProblem(await api.post(`${AUTH}/refresh`, { refresh_token: token.refresh_token }), 401);
  expectProblem(await api.send(`${AUTH}/logout`, { method: 'POST', headers: bearer }), 401);
  expect((await whoAmI(api, other)).status).toBe(200);
});

test('resets a forgotten password by a link to our own host, and notifies the owner', async ({
  api,
  sheaf,
}) => {
  const member = await join(api, sheaf);
  const count = (await mailsTo(sheaf.mailFolder, member.email)).length;
  const url = `${sheaf.url}${AUTH}/forgot-password`;
  expect(await postAsHost(url, { host: 'evil.test', json: { email: member.email } })).toBe(202);
  const mail = await waitForMail(sheaf.mailFolder, member.email, count + 1);
  expect(linkIn(mail, '/reset-password').origin).toBe(sheaf.url);
  expect(`${mail.html}${mail.text}`).not.toContain('evil.test');

  const token = tokenIn(mail, '/reset-password');
  expectProblem(await api.post(`${AUTH}/verify-email`, { token, password: PASSWORD }), 400, 'invalid_token');
  const reset = (password: string) => api.post(`${AUTH}/reset-password`, { token, password });
  expectProblem(await reset('short'), 422);
  expect((await reset(NEW_PASSWORD)).status).toBe(204);
  expectProblem(await reset(NEW_PASSWORD), 400, 'invalid_token');
  expectProblem(await whoAmI(api, member.token), 401);
  expectProblem(await api.post(`${AUTH}/refresh`, { refresh_token: member.token.refresh_token }), 401);
  const login = (password: string) => api.post(`${AUTH}/login`, { email: member.email, password });
  expectProblem(await login(PASSWORD), 401, 'invalid_credentials');
  expect((await login(NEW_PASSWORD)).status).toBe(200);
  const notice = await waitForMail(sheaf.mailFolder, member.email, count + 2);
  expect(notice.text).not.toContain(token);
});

test('changes the password, which ends every other session', async ({ api, sheaf }) => {
  const { token, bearer, email } = await join(api, sheaf);
  const other = (await api.post(`${AUTH}/login`, { email, password: PASSWORD })).json(signedInShape).token;
  const change = (current_password: string) =>
    api.send(`${AUTH}/change-password`, {
      method: 'POST',
      json: { current_password, new_password: NEW_PASSWORD },
      headers: bearer,
    });
  expectProblem(await change('not the password'), 401, 'wrong_password');
  expect((await change(PASSWORD)).status).toBe(204);
  expect((await whoAmI(api, token)).status).toBe(200);
  expectProblem(await whoAmI(api, other), 401);
});

test('changes the address once the new one is confirmed, and notifies the old one', async ({
  api,
  sheaf,
}) => {
  const { bearer, email, uuid } = await join(api, sheaf);
  const count = (await mailsTo(sheaf.mailFolder, email)).length;
  const moved = newcomer().email;
  const asked = await api.send(`${AUTH}/change-email`, {
    method: 'POST',
    json: { email: moved, password: PASSWORD },
    headers: bearer,
  });
  expect(asked.status, asked.text).toBe(202);
  await waitForMail(sheaf.mailFolder, email, count + 1);
  const token = tokenIn(await waitForMail(sheaf.mailFolder, moved), '/verify-email');
  const verify = (password: string) => api.post(`${AUTH}/verify-email`, { token, password });
  expectProblem(await verify('not the password'), 401, 'invalid_credentials');
  const confirmed = (await verify(PASSWORD)).json(signedInShape);
  expect(confirmed.user).toMatchObject({ uuid, email: moved });
  expect((await api.get('/api/v1/users/me', bearerOf(confirmed.token))).json(userShape).email).toBe(moved);
  expectProblem(await api.post(`${AUTH}/login`, { email, password: PASSWORD }), 401, 'invalid_credentials');
});
