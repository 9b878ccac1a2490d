import { randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { BrowserContext } from 'playwright/test';
import { test as base } from '../fixtures';
import { PASSWORD } from './accounts';
import type { Mount } from './mounts';
import { findForm } from './plain-form';
import type { CreatedPaste } from './shapes';
import { query } from './storage';

/** A cheap hash: what it costs is tested elsewhere. */
const COST = { memoryCost: 1024, timeCost: 2, parallelism: 1 } as const;

export interface Member {
  id: string;
  username: string;
  email: string;
  password: string;
}

export interface MemberOptions {
  role?: 'user' | 'moderator' | 'admin';
  /** The beginning of the username. */
  called?: string;
  name?: string;
}

/** Opens a confirmed account, and signs the browser profile in where one is given. */
export async function newMember(
  sheaf: Pick<Mount, 'url' | 'databaseUrl'>,
  context: BrowserContext | null,
  { role = 'user', called = 'member', name }: MemberOptions = {},
): Promise<Member> {
  const username = `${called}-${randomBytes(5).toString('hex')}`;
  const email = `${username}@example.com`;
  const [row] = await query<{ id: string }>(
    sheaf.databaseUrl,
    `with made as (
       insert into users (id, email, username, name, role, email_verified)
       values (gen_random_uuid(), $1, $2, $3, $4::"Role", now()) returning id)
     insert into credentials (user_id, hash) select id, $5 from made returning user_id as id`,
    [email, username, name ?? null, role, await hash(PASSWORD, COST)],
  );
  if (!row) throw new Error('No account was made.');
  const member = { id: row.id, username, email, password: PASSWORD };
  if (context) await signIn(sheaf, context, member);
  return member;
}

/** Signs in by the form of the sign-in page, as a browser without JavaScript posts it. */
export async function signIn(
  { url }: Pick<Mount, 'url'>,
  { request }: BrowserContext,
  { username, password }: Pick<Member, 'username' | 'password'>,
): Promise<void> {
  const pageUrl = `${url}/login`;
  // Not the cookies of the profile: a signed-in user is sent elsewhere.
  const form = findForm(await (await fetch(pageUrl)).text(), ['login', 'password']);
  const answer = await request.post(new URL(form.action, pageUrl).href, {
    headers: { origin: url },
    multipart: { ...Object.fromEntries(form.fields), login: username, password },
    maxRedirects: 0,
  });
  const isIn = answer.headersArray().some(({ name, value }) => {
    return name.toLowerCase() === 'set-cookie' && /sheaf_session=[^;]/.test(value);
  });
  if (isIn) return;
  const said = /role="alert"[^>]*>([^<]*)/.exec(await answer.text())?.[1] ?? '';
  throw new Error(`${username} was not signed in: ${answer.status()} ${said}`);
}

type NewMember = (context: BrowserContext | null, options?: MemberOptions) => Promise<Member>;
type CreateOwn = (owner: Member, paste: Record<string, unknown>) => Promise<CreatedPaste>;

interface MemberFixtures {
  newMember: NewMember;
  /** Creates a paste that is the member's from the first; `visibility` may also be `private`. */
  createOwn: CreateOwn;
}

/** With members whose pastes go when the test ends. */
export const test = base.extend<MemberFixtures>({
  newMember: async ({ sheaf }, use) => {
    const members: Member[] = [];
    await use(async (context, options) => {
      const member = await newMember(sheaf, context, options);
      members.push(member);
      return member;
    });
    const ids = members.map(({ id }) => id);
    const text = 'update pastes set expires_at = now() where owner_id = any($1::uuid[])';
    await query(sheaf.databaseUrl, text, [ids]);
  },

  createOwn: async ({ sheaf, api }, use) => {
    await use(async ({ id }, { visibility = 'unlisted', ...paste }) => {
      const created = await api.create(paste);
      await query(
        sheaf.databaseUrl,
        `update pastes set owner_id = $2, edit_key_hash = null, visibility = $3::"Visibility" where slug = $1`,
        [created.slug, id, visibility],
      );
      return created;
    });
  },
});
