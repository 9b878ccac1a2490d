import { randomBytes } from 'node:crypto';
import { newcomer, PASSWORD } from './accounts';
import type { Answer, Api } from './api';
import { newMember } from './member';
import { CRON_SECRET } from './mounts';
import type { Service } from './outages';
import type { CreatedPaste } from './shapes';

const V1 = '/api/v1';

/** What is read during an outage: it is answered whole, or not at all. */
const CONTENT = {
  paged: 'text that a page shows',
  raw: 'text as it is\n',
  downloaded: 'text as a file\n',
  called: 'text as JSON\n',
  burning: 'text for one reader\n',
} as const;

/** What the operations are about; made before the outage, and never read before. */
export interface Subjects {
  paged: CreatedPaste;
  raw: CreatedPaste;
  downloaded: CreatedPaste;
  called: CreatedPaste;
  deleted: CreatedPaste;
  burning: CreatedPaste;
  title: string;
  revealKey: string;
  member: { id: string; email: string };
  person: ReturnType<typeof newcomer>;
}

export interface Operation {
  name: string;
  /** The status without an outage. */
  success: number;
  send(api: Api, subjects: Subjects): Promise<Answer>;
  /** Of a read: whether a success has the text that was stored. */
  shows?(answer: Answer): boolean;
  effect?: Effect;
}

/** What an operation stores, as one value: nothing and everything are the only ones that may be found. */
interface Effect {
  sql: string;
  about(subjects: Subjects): string;
  nothing: string;
  everything: string;
}

export const OPERATIONS: Operation[] = [
  {
    name: 'Create a paste',
    success: 201,
    send: (api, { title }) => api.post(`${V1}/pastes`, { title, content: 'not to be lost' }),
    effect: {
      sql: `select count(distinct p.id) || ' ' || count(f.id) as found from pastes p
        left join revisions r on r.paste_id = p.id left join files f on f.revision_id = r.id where p.title = $1`,
      about: ({ title }) => title,
      nothing: '0 0',
      everything: '1 1',
    },
  },
  {
    name: 'Read its page',
    success: 200,
    send: (api, { paged }) => api.get(`/${paged.slug}`),
    shows: ({ text }) => text.includes(CONTENT.paged),
  },
  {
    name: 'Read the raw text',
    success: 200,
    send: (api, { raw }) => api.get(`/${raw.slug}/raw`),
    shows: ({ text }) => text === CONTENT.raw,
  },
  {
    name: 'Download it',
    success: 200,
    send: (api, { downloaded }) => api.get(`/${downloaded.slug}/download`),
    shows: ({ text }) => text === CONTENT.downloaded,
  },
  {
    name: 'Read it by the API',
    success: 200,
    send: (api, { called }) => api.get(`${V1}/pastes/${called.slug}?content=1`),
    shows: ({ text }) => contentOf(text) === CONTENT.called,
  },
  {
    name: 'Sign in',
    success: 200,
    send: (api, { member }) => api.post(`${V1}/auth/login`, { email: member.email, password: PASSWORD }),
    effect: {
      sql: 'select count(*)::text as found from sessions where user_id = $1::uuid',
      about: ({ member }) => member.id,
      nothing: '0',
      everything: '1',
    },
  },
  {
    name: 'Register',
    success: 201,
    send: (api, { person }) => api.post(`${V1}/auth/register`, person),
    effect: {
      sql: `select count(u.id) || ' ' || count(c.user_id) || ' ' || count(o.id) as found from users u
        left join credentials c on c.user_id = u.id left join outbox_mails o on o.user_id = u.id where u.email = $1`,
      about: ({ person }) => person.email,
      nothing: '0 0 0',
      everything: '1 1 1',
    },
  },
  {
    name: 'Delete a paste',
    success: 204,
    send: (api, { deleted }) => api.remove(deleted),
    effect: {
      sql: 'select count(*)::text as found from pastes where slug = $1 and deleted_at is null',
      about: ({ deleted }) => deleted.slug,
      nothing: '1',
      everything: '0',
    },
  },
  {
    name: 'Reveal a paste that burns',
    success: 200,
    send: (api, { burning, revealKey }) =>
      api.send(`${V1}/pastes/${burning.slug}/reveal`, {
        method: 'POST',
        headers: { 'idempotency-key': revealKey },
      }),
    shows: ({ text }) => contentOf(text) === CONTENT.burning,
    effect: {
      sql: `select p.reads || ' ' || count(r.*) as found from pastes p left join reveals r on r.paste_id = p.id
        where p.slug = $1 group by p.id`,
      about: ({ burning }) => burning.slug,
      nothing: '0 0',
      everything: '1 1',
    },
  },
  {
    name: 'Sweep',
    success: 200,
    send: (api) => api.get('/api/cron/sweep', { authorization: `Bearer ${CRON_SECRET}` }),
  },
];

/** Of the only file, as the API answers with it. */
function contentOf(text: string): string | undefined {
  const { files } = JSON.parse(text) as { files: { content?: string }[] };
  return files.length === 1 ? files[0]?.content : undefined;
}

export async function prepareSubjects({ api, databaseUrl }: Service): Promise<Subjects> {
  const [paged, raw, downloaded, called, deleted, burning, member] = await Promise.all([
    api.create({ content: CONTENT.paged }),
    api.create({ content: CONTENT.raw }),
    api.create({ content: CONTENT.downloaded }),
    api.create({ content: CONTENT.called }),
    api.create({ content: 'no longer wanted' }),
    api.create({ content: CONTENT.burning, burn_after: 1 }),
    newMember({ url: api.baseUrl, databaseUrl }, null),
  ]);
  const [title, revealKey] = [randomBytes(8).toString('hex'), randomBytes(16).toString('hex')];
  return { paged, raw, downloaded, called, deleted, burning, title, revealKey, member, person: newcomer() };
}
