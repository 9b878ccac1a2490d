import type { Options } from '@node-rs/argon2';
import { vi } from 'vitest';

// Tests sign in thousands of accounts. Those that are about the cost of a hash, or about the time of a response, call
// `vi.unmock`.

/** Hashes at a small part of the cost. */
vi.mock('@node-rs/argon2', async (importOriginal) => {
  const argon2 = await importOriginal<typeof import('@node-rs/argon2')>();
  const hash = (password: string, cost?: Options) =>
    argon2.hash(password, { ...cost, memoryCost: 1024, timeCost: 1 });
  return { ...argon2, hash };
});

/** Answers at once, not at the next multiple of 200 ms. */
vi.mock('../lib/accounts/sign-in/even-timing', () => ({
  evenTiming: (work: () => Promise<unknown>) => work(),
}));
