import { afterEach, describe, expect, it, vi } from 'vitest';
import { newSecret } from '@/e2e/support/secret';
import { codeOf } from '@/test/error-codes';
import { useTestDatabase } from '@/test/test-env';
import { create, readsOf, reveal, revealAtLast, textsOrCodes } from '../../test/burning-pastes';
import { ANONYMOUS } from '../../test/callers';
import { prisma } from '../core/prisma';
import { blobStore } from '../storage/blob-store';
import { forgetBodies } from '../storage/body-cache';
import { createSecretPaste } from './create';
import { newNonce } from './nonce';
import { nameReveal, readerOf, repeatReveal } from './reveal';
import { createSecretPasteSchema } from './secret-schema';

useTestDatabase();

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a secret paste that burns', () => {
  async function createSecret(burn_after = 1) {
    const secret = await newSecret();
    const input = { encryption: 'age-v1', payload: secret.payload, proof_hash: secret.proofHash, burn_after };
    const { paste } = await createSecretPaste(createSecretPasteSchema.parse(input), ANONYMOUS);
    return { ...secret, paste, slug: paste.slug };
  }

  /** Each from an address of its own, which is not limited. */
  const elsewhere = (index: number) => ({ ...ANONYMOUS, address: `198.51.100.${index}` });

  it('is given for its proof, with the ciphertext byte for byte', async () => {
    const { slug, proof, payload, paste } = await createSecret();
    const nonce = newNonce();
    const first = await reveal(slug, { nonce, proof });
    expect(first.bodies.map((body) => Buffer.from(body))).toEqual([Buffer.from(payload)]);
    expect(first.paste).toMatchObject({ title: '', files: [], reads: 1 });
    expect(await reveal(slug, { nonce, proof })).toMatchObject({ isRepeat: true, bodies: first.bodies });
    expect(await codeOf(reveal(slug, { nonce }))).toBe('proof_required');
    expect(await codeOf(reveal(slug, { proof }))).toBe('not_found');
    expect(await readsOf(paste)).toBe(1);
  });

  it('counts nothing without the proof, and reads no body', async () => {
    const [{ slug, proof, paste }, other] = [await createSecret(), await createSecret()];
    const get = vi.spyOn(blobStore(), 'get');
    forgetBodies(paste.stored.map(({ key }) => key));
    const wrong = [
      undefined,
      null,
      '',
      0,
      [proof],
      { proof },
      proof.slice(1),
      `${proof}0`,
      proof.toUpperCase(),
    ];
    for (const [index, sent] of [...wrong, other.proof, other.proofHash, paste.id].entries()) {
      const caller = elsewhere(index);
      expect(await codeOf(reveal(slug, { proof: sent, caller })), String(sent)).toBe('proof_required');
    }
    expect(get).not.toHaveBeenCalled();
    expect(await readsOf(paste)).toBe(0);
    expect(await prisma().reveal.count({ where: { pasteId: paste.id } })).toBe(0);
  });

  it('limits refusals of an address, and never the right proof', async () => {
    const { slug, proof } = await createSecret();
    const caller = { ...ANONYMOUS, address: '203.0.113.99' };
    const codes: string[] = [];
    for (let sent = 0; sent < 12; sent += 1) codes.push(await codeOf(reveal(slug, { proof: 'x', caller })));
    expect(codes).toEqual([...Array(10).fill('proof_required'), 'rate_limited', 'rate_limited']);
    expect((await reveal(slug, { proof, caller })).paste.reads).toBe(1);
  });

  it('is given to as many of 60 readers with the proof as its author allowed', async () => {
    for (const burnAfter of [1, 4]) {
      const { slug, proof, paste } = await createSecret(burnAfter);
      const reads = Array.from({ length: 60 }, () => revealAtLast(slug, newNonce(), proof));
      const outcomes = await textsOrCodes(reads);
      expect(outcomes.filter((outcome) => outcome.startsWith('age-encryption.org/v1'))).toHaveLength(
        burnAfter,
      );
      expect(outcomes.filter((outcome) => outcome === 'not_found')).toHaveLength(60 - burnAfter);
      expect(await readsOf(paste)).toBe(burnAfter);
    }
  });

  it('is not repeated by a nonce alone', async () => {
    const { slug, proof } = await createSecret();
    const nonce = newNonce();
    await reveal(slug, { nonce, proof });
    const options = { caller: ANONYMOUS, nonceHash: nameReveal(nonce, readerOf(ANONYMOUS)) };
    expect(await codeOf(repeatReveal(slug, options))).toBe('proof_required');
    expect(await repeatReveal(slug, { ...options, proof })).toMatchObject({ isRepeat: true });
  });

  it('leaves a plain paste as it is if a proof is sent for it', async () => {
    const { slug, paste } = await create();
    expect(await codeOf(reveal(slug, { proof: 'a'.repeat(64) }))).toBe('validation_failed');
    expect(await codeOf(reveal(slug, { proof: null }))).toBe('validation_failed');
    expect(await readsOf(paste)).toBe(0);
  });
});
