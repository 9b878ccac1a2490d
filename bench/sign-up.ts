import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KeptMail, mailsTo, tokenIn } from '../e2e/support/mail';
import { findForm, postFound } from '../e2e/support/plain-form';
import type { SheafProcess } from './sheaf-process';

export const PASSWORD = 'a long walk by the sea';

export interface SignedUp {
  /** Value of the `Authorization` header. */
  bearer: string;
  /** Value of the `Cookie` header. */
  cookie: string;
}

/** Opens an account with the address `USERNAME@example.com`, confirms it, and signs in to the API and the pages. */
export async function signUp({ url, dataFolder }: SheafProcess, username: string): Promise<SignedUp> {
  const email = `${username}@example.com`;
  await post(`${url}/api/v1/auth/register`, { email, username, password: PASSWORD });
  const token = tokenIn(await firstMail(join(dataFolder, 'mail'), email), '/verify-email');
  const verified = await post(`${url}/api/v1/auth/verify-email`, { token, password: PASSWORD });
  const pair = (await verified.json()) as { token: { access_token: string } };
  const page = `${url}/login`;
  const form = findForm(await (await fetch(page)).text(), ['login', 'password']);
  const signedIn = await postFound(page, form, { fields: { login: username, password: PASSWORD } });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
  return { bearer: `Bearer ${pair.token.access_token}`, cookie };
}

async function post(url: string, body: unknown): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} failed: ${response.status} ${await response.text()}`);
  return response;
}

async function firstMail(folder: string, address: string): Promise<KeptMail> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [mail] = await mailsTo(folder, address);
    if (mail) return mail;
    await sleep(100);
  }
  throw new Error(`No mail to ${address} arrived.`);
}
