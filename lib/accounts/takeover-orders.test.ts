import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, PASSWORD } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import type { Caller, UserRecord } from '../core/caller';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { unsealMail } from '../mail/sealed-mail';
import { createPaste } from '../pastes/create';
import { readPaste } from '../pastes/read';
import { createPasteSchema } from '../pastes/schema';
import { sharePaste } from '../sharing/service';
import { requestEmailChange } from './change-email';
import { confirmEmail, resendVerification } from './confirm-email';
import { registerQuietly } from './register';
import { confirmWithNewPassword, requestPasswordReset, resetPassword } from './reset-password';
import { checkCredentials } from './sign-in/credentials';
import { type Registration, sealRegistration } from './sign-in/registration';
import { findUserByEmail } from './users/queries';

// Two parties claim one email address. Only the owner reads its mail; the owner opens every link and enters
// their own password wherever one is required. After every order of the steps, only the owner must be able to
// sign in, and to read what was shared with the address.

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();

const OWNER_PASSWORD = 'only the owner knows this';
const AT_ONCE = 6;
const PATIENCE_MS = 480_000;

const ATTACKER_STEPS = ['register', 'resend', 'forgot', 'change'] as const;
const OWNER_STEPS = ['register', 'resend', 'forgot', 'open'] as const;

type Step =
  | { by: 'attacker'; does: (typeof ATTACKER_STEPS)[number] }
  | { by: 'owner'; does: (typeof OWNER_STEPS)[number] };

/** One address, and one account of the attacker under another address. */
interface Scene {
  email: string;
  attacker: UserRecord;
  slug: string;
  caller: Caller;
  /** Tokens of opened links. */
  opened: Set<string>;
  /** What the owner's browser keeps of their last registration. */
  registration?: Registration;
}

interface Outcome {
  order: string;
  account: 'owner' | 'attacker' | 'both' | 'none';
  readers: 'owner' | 'attacker' | 'both' | 'none';
}

/** Every order of up to three steps, and of two and two if both parties register. */
function listOrders(): Step[][] {
  const orders: Step[][] = [];
  for (const attacker of sequences(ATTACKER_STEPS)) {
    // Without an attack there is nothing to gain.
    if (!attacker.includes('register') && !attacker.includes('change')) continue;
    for (const owner of sequences(OWNER_STEPS)) {
      const isLong = attacker.length + owner.length > 3;
      if (isLong && !(attacker.includes('register') && owner.includes('register'))) continue;
      const first = attacker.map((does): Step => ({ by: 'attacker', does }));
      const second = owner.map((does): Step => ({ by: 'owner', does }));
      orders.push(...interleavings(first, second));
    }
  }
  return orders;
}

/** None, one, or two different ones in either order. */
function sequences<T>(steps: readonly T[]): T[][] {
  const pairs = steps.flatMap((one) => steps.filter((other) => other !== one).map((other) => [one, other]));
  return [[], ...steps.map((one) => [one]), ...pairs];
}

function interleavings<T>(first: T[], second: T[]): T[][] {
  const [a, ...restOfFirst] = first;
  const [b, ...restOfSecond] = second;
  if (a === undefined || b === undefined) return [[...first, ...second]];
  return [
    ...interleavings(restOfFirst, second).map((rest) => [a, ...rest]),
    ...interleavings(first, restOfSecond).map((rest) => [b, ...rest]),
  ];
}

async function perform({ by, does }: Step, scene: Scene): Promise<void> {
  const { email, attacker, caller } = scene;
  switch (does) {
    case 'register': {
      const name = email.slice(0, email.indexOf('@'));
      const password = by === 'attacker' ? PASSWORD : OWNER_PASSWORD;
      const input = { email, username: `${by}-${name}`, password };
      const registration = await registerQuietly(input, { ...caller, locale: 'en' });
      if (by === 'owner') scene.registration = registration;
      return;
    }
    case 'resend':
      return resendVerification(email);
    case 'forgot':
      return requestPasswordReset(email);
    case 'change':
      return requestEmailChange({ ...caller, user: attacker }, { email, password: PASSWORD });
    case 'open': {
      const newest = (await linksMailedTo(scene)).at(-1);
      if (newest) await openLink(newest, scene);
    }
  }
}

interface Link {
  template: string;
  token: string;
}

/** The links that were mailed to the address and are not opened yet, oldest first. */
async function linksMailedTo({ email, attacker, opened }: Scene): Promise<Link[]> {
  const account = await findUserByEmail(email);
  const rows = await prisma().outboxMail.findMany({
    where: { userId: { in: [attacker.id, ...(account ? [account.id] : [])] } },
    orderBy: { id: 'asc' },
    select: { sealed: true },
  });
  const mails = await Promise.all(rows.map(({ sealed }) => unsealMail(sealed)));
  return mails.flatMap((mail) => {
    if (mail?.to !== email || !('token' in mail.content) || opened.has(mail.content.token)) return [];
    return [{ template: mail.content.template, token: mail.content.token }];
  });
}

/**
 * Acts as an owner who trusts every link: confirms as the browser that registered, else with their own password, and
 * if it is wrong, with a new one.
 */
async function openLink({ template, token }: Link, { caller, opened, registration }: Scene): Promise<void> {
  opened.add(token);
  const input = { token, password: OWNER_PASSWORD };
  if (template === 'reset_password') {
    await codeOf(resetPassword(input, caller));
    return;
  }
  const sealed = registration === undefined ? '' : await sealRegistration(registration);
  if ((await codeOf(confirmEmail({ token, registration: sealed }, caller))) === 'fine') return;
  const code = await codeOf(confirmEmail(input, caller));
  if (code === 'invalid_credentials') await codeOf(confirmWithNewPassword(input, caller));
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'fine',
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );
}

async function signsIn({ email, caller }: Scene, password: string): Promise<UserRecord | null> {
  const attempt = { login: email, password, caller, deviceToken: null };
  return checkCredentials(attempt).then(
    ({ user }) => user,
    () => null,
  );
}

async function canRead(user: UserRecord | null, { slug }: Scene): Promise<boolean> {
  if (!user) return false;
  return (await codeOf(readPaste(slug, { caller: signedIn(user), surface: 'bytes' }))) === 'fine';
}

/** The outcome of an order: right after it, and after the owner has opened every mailed link. */
async function play(steps: readonly Step[], scene: Scene): Promise<Outcome> {
  for (const step of steps) await perform(step, scene);
  const early = await signsIn(scene, PASSWORD);
  for (const link of await linksMailedTo(scene)) await openLink(link, scene);
  const attacker = early ?? (await signsIn(scene, PASSWORD));
  const owner = await signsIn(scene, OWNER_PASSWORD);
  const own = await prisma().user.findUniqueOrThrow({ where: { id: scene.attacker.id } });
  const attackerReads = (await canRead(attacker, scene)) || (await canRead(own, scene));
  return {
    order: steps.map(({ by, does }) => `${by} ${does}`).join(', '),
    account: whoOf(owner !== null, attacker !== null || own.email === scene.email),
    readers: whoOf(await canRead(owner, scene), attackerReads),
  };
}

function whoOf(isOwner: boolean, isAttacker: boolean): Outcome['account'] {
  if (isOwner) return isAttacker ? 'both' : 'owner';
  return isAttacker ? 'attacker' : 'none';
}

async function setScene(number: number, author: UserRecord): Promise<Scene> {
  const email = `target${number}@example.com`;
  const caller = { ...ANONYMOUS, address: `2001:db8:0:${number.toString(16)}::1` };
  const input = createPasteSchema.parse({ content: 'shared', visibility: 'private' });
  const { paste } = await createPaste(input, signedIn(author));
  const share = { email, role: 'reader', notify: false, tell_title: false } as const;
  await sharePaste(paste.slug, [share], { caller: signedIn(author) });
  return { email, attacker: await addUser(), slug: paste.slug, caller, opened: new Set() };
}

/** On a busy machine, opening a connection may take longer than the product waits. */
async function openConnections(): Promise<void> {
  const asked = Array.from({ length: AT_ONCE * 2 }, () => prisma().$queryRaw`select pg_sleep(0.1)::text`);
  const answers = await Promise.allSettled(asked);
  if (answers.some(({ status }) => status === 'rejected')) await openConnections();
}

async function playAll(orders: readonly Step[][]): Promise<Outcome[]> {
  await openConnections();
  const author = await addUser();
  const outcomes: Outcome[] = [];
  let next = 0;
  const work = async () => {
    while (next < orders.length) {
      const number = next;
      next += 1;
      outcomes[number] = await play(orders[number] ?? [], await setScene(number, author));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

function toTable(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ order }) => order.length));
  const row = (order: string, account: string, readers: string) =>
    `${order.padEnd(width)} | ${account.padEnd(11)} | ${readers}`;
  const rows = outcomes.map(({ order, account, readers }) => row(order, account, readers));
  return [row('order of steps', 'can sign in', 'can read'), ...rows].join('\n');
}

describe('an address that two parties claim (takeover)', () => {
  it(
    'is opened in every order of steps only by the party that reads its mail',
    async () => {
      const orders = listOrders();
      const outcomes = await playAll(orders);
      process.stdout.write(`${toTable(outcomes)}\n`);
      expect(outcomes).toHaveLength(436);
      for (const [index, { order, account, readers }] of outcomes.entries()) {
        // If only a change of the attacker's own address was requested, there is no account to open.
        const isRegistered = orders[index]?.some(({ does }) => does === 'register');
        const expected = isRegistered ? 'owner' : 'none';
        expect({ order, account, readers }).toEqual({ order, account: expected, readers: expected });
      }
    },
    PATIENCE_MS,
  );
});
