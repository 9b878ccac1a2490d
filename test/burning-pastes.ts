import { toAppError } from '../lib/core/app-error';
import type { Caller } from '../lib/core/caller';
import { prisma } from '../lib/core/prisma';
import { createPaste } from '../lib/pastes/create';
import { hashEditKey } from '../lib/pastes/edit-key';
import { newNonce } from '../lib/pastes/nonce';
import type { PasteRecord } from '../lib/pastes/queries';
import { nameReveal, readerOf, revealPaste } from '../lib/pastes/reveal';
import { createPasteSchema } from '../lib/pastes/schema';
import { ANONYMOUS } from './callers';

export const TITLE = 'Title of a burning paste';
export const NAME = 'name-of-a-burning-file.txt';
export const TEXT = 'text of a burning paste\r\n';

export async function create(input: object = {}, caller: Caller = ANONYMOUS) {
  const files = [{ name: NAME, content: TEXT }];
  const parsed = createPasteSchema.parse({ title: TITLE, files, burn_after: 1, ...input });
  const { paste, editKey } = await createPaste(parsed, caller);
  const author = editKey === null ? caller : { ...ANONYMOUS, editKeyHash: hashEditKey(editKey) };
  return { paste, slug: paste.slug, author };
}

interface Reading {
  nonce?: string;
  caller?: Caller;
  proof?: unknown;
}

export const reveal = (slug: string, { nonce = newNonce(), caller = ANONYMOUS, proof }: Reading = {}) =>
  revealPaste(slug, { caller, nonceHash: nameReveal(nonce, readerOf(caller)), proof });

/** As a client does that gets no connection on a busy machine: asks again with the same nonce. */
export async function revealAtLast(
  slug: string,
  nonce = newNonce(),
  proof?: string,
): ReturnType<typeof revealPaste> {
  return reveal(slug, { nonce, proof }).catch((error: unknown) => {
    if (toAppError(error).code !== 'database_unavailable') throw error;
    return revealAtLast(slug, nonce, proof);
  });
}

/** What became of each of several reveals: the text, or the code of an error. */
export function textsOrCodes(work: readonly Promise<{ bodies: Uint8Array[] }>[]): Promise<string[]> {
  return Promise.all(
    work.map((one) =>
      one.then(
        ({ bodies }) => Buffer.concat(bodies).toString(),
        (error: unknown) => toAppError(error).code,
      ),
    ),
  );
}

export async function readsOf({ id }: PasteRecord): Promise<number> {
  return (await prisma().paste.findUniqueOrThrow({ where: { id }, select: { reads: true } })).reads;
}
