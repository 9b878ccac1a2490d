import { createHash } from 'node:crypto';
import { test as base, expect } from '../fixtures';
import type { Answer, Api } from './api';
import { newSecret, type SecretPaste, secretForm } from './secret';
import { type CreatedPaste, createdPasteShape } from './shapes';
import { query } from './storage';

export const V1 = '/api/v1/pastes';
export const TEXT = 'text of a secret paste\r\n';
export type Parts = Record<string, string | Uint8Array<ArrayBuffer>>;
type Secret = SecretPaste & { paste: CreatedPaste; slug: string };
type CreateSecret = (parts?: Parts, text?: string) => Promise<Secret>;

export const test = base.extend<{ createSecret: CreateSecret }>({
  createSecret: async ({ api }, use) => {
    const created: CreatedPaste[] = [];
    await use(async (parts = {}, text = TEXT) => {
      const secret = await newSecret(text);
      const answer = await post(api, secretForm(secret, parts), { accept: 'application/json' });
      expect(answer.status, answer.text).toBe(201);
      const paste = answer.json(createdPasteShape);
      created.push(paste);
      return { ...secret, paste, slug: paste.slug };
    });
    for (const paste of created) await api.remove(paste);
  },
});

export function post(api: Api, body: BodyInit, headers: Record<string, string> = {}): Promise<Answer> {
  return api.send(V1, { method: 'POST', body, headers });
}

export const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export function expectCiphertext(answer: Answer, payload: Uint8Array): void {
  expect(answer.status, answer.text.slice(0, 300)).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect(answer.headers.get('x-robots-tag')).toBe('noindex');
  expect(answer.bytes.equals(payload)).toBe(true);
}

/** What is stored of a paste, but for when it was last read. */
export async function stateOf(databaseUrl: string, slug: string): Promise<unknown> {
  const rows = await query(
    databaseUrl,
    `select to_jsonb(p) as paste, (select count(*)::int from revisions r where r.paste_id = p.id) as revisions,
       (select count(*)::int from reveals r where r.paste_id = p.id) as reveals
     from pastes p where p.slug = $1`,
    [slug],
  );
  return rows;
}

export function revealAs(
  api: Api,
  slug: string,
  json: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return api.send(`${V1}/${slug}/reveal`, { method: 'POST', json, headers });
}
