import type { BrowserContext } from 'playwright/test';
import { z } from 'zod';
import { bearerOf, PASSWORD, signedInShape } from '../e2e/support/accounts';
import type { Api } from '../e2e/support/api';
import { tokenIn, waitForMail } from '../e2e/support/mail';
import { signIn } from '../e2e/support/member';
import type { Mount } from '../e2e/support/mounts';
import { readSample } from './screenshot-samples';

const V1 = '/api/v1';
const USERNAME = 'mara';

const PEOPLE = [
  {
    first_name: 'Grace',
    last_name: 'Okafor',
    email: 'grace@example.com',
    phone: '+442079460958',
    birthday: '1986-12-09',
  },
  { first_name: 'My dentist', phone: '+442079460121', info: 'Third floor' },
  { first_name: 'Tomás', last_name: 'Ibarra', email: 'tomas@example.com' },
  { first_name: 'Ёлка', last_name: 'Сергеева', email: 'yolka@example.com', birthday: '1990-03-01' },
  { first_name: 'Wei', last_name: 'Lin', email: 'wei.lin@example.com', phone: '+6561234567' },
];

export interface ShownMember {
  signIn(context: BrowserContext): Promise<void>;
  /** A private paste that is shared with two people. */
  shared: string;
}

/** A user with some contacts and a shared private paste. */
export async function makeMember(api: Api, server: Pick<Mount, 'url' | 'mailFolder'>): Promise<ShownMember> {
  const email = `${USERNAME}@example.com`;
  await api.post(`${V1}/auth/register`, { email, username: USERNAME, password: PASSWORD });
  const mail = await waitForMail(server.mailFolder, email);
  const token = tokenIn(mail, '/verify-email');
  const verified = await api.post(`${V1}/auth/verify-email`, { token, password: PASSWORD });
  const headers = bearerOf(verified.json(signedInShape).token);
  const send = (path: string, json: unknown) => api.send(`${V1}${path}`, { method: 'POST', json, headers });
  for (const person of PEOPLE) await send('/contacts', person);
  const created = await send('/pastes', {
    title: 'Notes for the handover',
    visibility: 'private',
    files: [await readSample('standup.md')],
  });
  const { slug } = created.json(z.looseObject({ slug: z.string() }));
  await send(`/pastes/${slug}/shares`, { email: 'grace@example.com', role: 'editor', notify: false });
  await send(`/pastes/${slug}/shares`, { email: 'jonas@example.org', notify: false });
  await send('/pastes', { title: 'Following a log', files: [await readSample('tail.py')] });
  await send('/pastes', { visibility: 'public', files: [await readSample('cities.csv')] });
  return {
    shared: slug,
    signIn: (context) => signIn(server, context, { username: USERNAME, password: PASSWORD }),
  };
}
