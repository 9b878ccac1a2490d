import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mailsTo, tokenIn } from './mail';

/*
 * The life of an account and a paste with `curl`: each command runs exactly as printed, except that secrets
 * are shortened. An unexpected response ends the script.
 */

const USAGE = 'Usage: node --import tsx e2e/support/transcript.ts <address of the service> <its mail folder>';
const SHOWN_OF_SECRET = 8;
const MAIL_PATIENCE_MS = 20_000;
const MAIL_PAUSE_MS = 100;
const SECRET_MEMBERS: ReadonlySet<string> = new Set(['access_token', 'refresh_token']);

interface Step {
  says: string;
  command: string;
  status: number;
}

/** Shell variables, and secrets that are printed shortened. */
const variables: Record<string, string> = {};
const secrets: string[] = [];

async function main(baseUrl: string, mailFolder: string): Promise<void> {
  const username = `ada-${randomBytes(3).toString('hex')}`;
  const email = `${username}@example.com`;
  const password = 'a long walk by the sea';
  setVariable('SHEAF', baseUrl);

  await run({
    says: 'Open an account. There is no token yet: first the address has to be confirmed.',
    command: postJson('/auth/register', { email, username, password }),
    status: 201,
  });

  const mailed = await readMailedToken(mailFolder, email);
  secrets.push(mailed);
  print(`# A mail to ${email} brings a link; what counts is the token in it:`);
  print(`#   ${hideSecrets(`${baseUrl}/verify-email?token=${mailed}`)}\n`);
  const confirmed = await run({
    says: 'Confirm the address with the token and the password, which signs in as well.',
    command: postJson('/auth/verify-email', { token: mailed, password }),
    status: 200,
  });
  const { access_token } = (JSON.parse(confirmed) as { token: { access_token: string } }).token;
  secrets.push(access_token);
  setVariable('TOKEN', access_token);

  const created = await run({
    says: 'Save what comes out of a pipe. The answer is the link.',
    command: `printf '# Notes\\n' | ${asMember('"$SHEAF/api/v1/pastes?name=notes.md&title=Notes" \\\n    --data-binary @-')}`,
    status: 201,
  });
  const slug = new URL(created.trim()).pathname.slice(1);
  await run({ says: 'Everything of mine.', command: asMember('$SHEAF/api/v1/users/me/pastes'), status: 200 });
  const change = { files: [{ name: 'notes.md', content: '# Notes\n\n- buy milk\n' }], expires_in: '1w' };
  await run({
    says: 'Put another text in its place, and let it go in a week.',
    command: asMember(`-X PATCH $SHEAF/api/v1/pastes/${slug} \\\n    ${jsonBody(change)}`),
    status: 200,
  });
  await run({ says: 'Read it back, as it is.', command: `curl $SHEAF/${slug}/raw`, status: 200 });
  await run({
    says: 'Delete it.',
    command: asMember(`-X DELETE $SHEAF/api/v1/pastes/${slug}`),
    status: 204,
  });
  await run({ says: 'Gone means gone.', command: `curl $SHEAF/${slug}/raw`, status: 404 });
  await run({
    says: 'Sign out: the tokens end at once.',
    command: asMember('-X POST $SHEAF/api/v1/auth/logout'),
    status: 204,
  });
  await run({ says: 'They do.', command: asMember('$SHEAF/api/v1/users/me'), status: 401 });
}

function postJson(path: string, body: unknown): string {
  return `curl $SHEAF/api/v1${path} \\\n    ${jsonBody(body)}`;
}

function jsonBody(body: unknown): string {
  return `-H 'Content-Type: application/json' \\\n    -d '${JSON.stringify(body)}'`;
}

function asMember(rest: string): string {
  return `curl -H "Authorization: Bearer $TOKEN" ${rest}`;
}

async function run({ says, command, status }: Step): Promise<string> {
  print(`# ${says}`);
  print(`$ ${hideSecrets(command)}`);
  const answer = await execute(command);
  print(`# ${answer.status}`);
  const shown = showBody(answer.body);
  print(shown === '' ? '' : `${shown}\n`);
  if (answer.status !== status) throw new Error(`Expected ${status}, got ${answer.status}: ${says}`);
  return answer.body;
}

/** Runs the command in a shell, with `curl` printing only the response and its status. */
async function execute(command: string): Promise<{ status: number; body: string }> {
  const line = command.replace(/\bcurl /, "curl -sS -w '\\n%{http_code}' ");
  const child = spawn('sh', ['-c', line], {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  await once(child, 'close');
  const [, body = '', status = '0'] = /^(.*)\n(\d{3})$/s.exec(Buffer.concat(output).toString()) ?? [];
  return { status: Number(status), body };
}

/** JSON is indented for readability; other responses are unchanged. */
function showBody(body: string): string {
  if (!body.startsWith('{')) return body.replace(/\n$/, '');
  const hide = (name: string, value: unknown) =>
    SECRET_MEMBERS.has(name) && typeof value === 'string' ? shorten(value) : value;
  return JSON.stringify(JSON.parse(body), hide, 2);
}

async function readMailedToken(mailFolder: string, address: string): Promise<string> {
  const deadline = Date.now() + MAIL_PATIENCE_MS;
  for (;;) {
    const [mail] = await mailsTo(mailFolder, address);
    if (mail) return tokenIn(mail, '/verify-email');
    if (Date.now() > deadline) throw new Error(`No mail to ${address} has come to ${mailFolder}.`);
    await new Promise((resolve) => setTimeout(resolve, MAIL_PAUSE_MS));
  }
}

function setVariable(name: string, value: string): void {
  variables[name] = value;
  print(`$ ${name}=${hideSecrets(value)}\n`);
}

function hideSecrets(text: string): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, shorten(secret)), text);
}

function shorten(secret: string): string {
  return `${secret.slice(0, SHOWN_OF_SECRET)}…`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const [baseUrl, mailFolder] = process.argv.slice(2);
if (baseUrl === undefined || mailFolder === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  await main(baseUrl.replace(/\/+$/, ''), mailFolder).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  });
}
