import type { IncomingMessage } from 'node:http';
import { slugOfLink } from '@/lib/api/terminal-path';
import { isForeignForm } from '@/lib/core/http/foreign-form';
import { pathOf } from '@/lib/core/http/request-path';

const MAX_BYTES = 4_096;
const ACTION_FIELD = /^\$ACTION_ID_[0-9a-f]{1,64}$/;
const NONCE = /^[\w-]{16,64}$/;

/** What the form that reveals a paste consists of; see `RevealForm`. Safe to be written into HTML. */
export interface PostedReveal {
  actionField: string;
  nonce: string;
}

/** Whether the request may be a posted reveal, so that its body is worth keeping. */
export function mayBeReveal({ method, url, headers }: IncomingMessage): boolean {
  if (method !== 'POST' || !/^multipart\/form-data\b/i.test(headers['content-type'] ?? '')) return false;
  return (
    Number(headers['content-length'] ?? Infinity) <= MAX_BYTES && slugOfLink(pathOf(url ?? '/')) !== null
  );
}

/** Null for any other form, and for one that another site posted. */
export async function readReveal(
  { headers }: IncomingMessage,
  body: Buffer<ArrayBuffer>,
): Promise<PostedReveal | null> {
  const sent = new Headers();
  for (const name of ['host', 'origin', 'sec-fetch-site', 'content-type']) {
    const value = headers[name];
    if (typeof value === 'string') sent.set(name, value);
  }
  if (isForeignForm(sent)) return null;
  const form = await new Response(body, { headers: sent }).formData().catch(() => null);
  const fields = [...(form ?? [])];
  const nonce = form?.get('nonce');
  const actionField = fields.map(([name]) => name).find((name) => ACTION_FIELD.test(name));
  if (fields.length !== 2 || actionField === undefined) return null;
  return typeof nonce === 'string' && NONCE.test(nonce) ? { actionField, nonce } : null;
}
