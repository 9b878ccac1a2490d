import { describe, expect, it } from 'vitest';
import { newSecret } from '@/e2e/support/secret';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS } from '../../test/callers';
import { createSecretPaste } from '../pastes/create';
import { createSecretPasteSchema } from '../pastes/secret-schema';
import { api } from './app';

useTestDatabase();

describe('reveals without the right proof', () => {
  it('are limited, by the API and by the page, and a right one is not', async () => {
    const { payload, proof, proofHash } = await newSecret();
    const { paste } = await createSecretPaste(
      createSecretPasteSchema.parse({
        encryption: 'age-v1',
        payload,
        proof_hash: proofHash,
        burn_after: 1,
      }),
      ANONYMOUS,
    );
    const byApi = (sent: string) =>
      api.request(`/api/v1/pastes/${paste.slug}/reveal`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ proof: sent }),
      });
    const byPage = (sent: string) =>
      api.request(`/${paste.slug}/reveal`, {
        method: 'POST',
        body: new URLSearchParams({ nonce: 'a-nonce-of-a-reader', proof: sent }),
      });
    for (let sent = 0; sent < 10; sent += 1) {
      expect((await (sent % 2 ? byApi : byPage)('wrong')).status).toBe(403);
    }
    for (const send of [byApi, byPage]) {
      const { status, headers } = await send('wrong');
      expect(status).toBe(429);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(headers.get('ratelimit-policy')).toBe('"60s";q=10;w=60');
    }
    const revealed = await byApi(proof);
    expect(revealed.status).toBe(200);
    expect(Buffer.from(await revealed.arrayBuffer())).toEqual(Buffer.from(payload));
  });
});
