import type { TokenPair } from '../lib/accounts/tokens/schema';
import { api } from '../lib/api/app';

export const V1 = '/api/v1';
export const NEW_PASSWORD = 'another long walk';

interface Sending {
  bearer?: string | undefined;
  json?: unknown;
  headers?: Record<string, string>;
}

export async function send(method: string, path: string, { bearer, json, headers = {} }: Sending = {}) {
  const sent = new Headers(headers);
  if (bearer !== undefined) sent.set('authorization', `Bearer ${bearer}`);
  if (json !== undefined) sent.set('content-type', 'application/json');
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const response = await api.request(V1 + path, { method, headers: sent, ...body });
  const text = await response.text();
  const isJson = /json$/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}

export const whoAmI = async ({ access_token }: TokenPair) =>
  (await send('GET', '/users/me', { bearer: access_token })).status;

export const refresh = async ({ refresh_token }: TokenPair) =>
  (await send('POST', '/auth/refresh', { json: { refresh_token } })).status;
