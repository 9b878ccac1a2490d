/**
 * What is sent to store a secret paste. `createSecretPaste(input, caller, { once })` in create.ts takes a
 * `CreateSecretPaste`, `updatePaste(slug, input, { caller, ifMatch })` in update.ts an `UpdateSecretPaste`. The
 * ciphertext of a paste is then `readFileBody(paste.stored[0])`, its lock `findLock(paste.id)`.
 */

import { z } from 'zod';
import { isForOneKey } from '../encryption/age-header';
import { MAX_LOCK_BYTES, MAX_PAYLOAD_BYTES } from '../encryption/limits';
import { PROOF_SHAPE } from '../encryption/proof';
import { checkLifetime, createSettings, updateSettings } from './schema';

/** Its size is checked where it is stored. */
const ageFileSchema = z
  .instanceof(Uint8Array, { error: 'not_age_file' })
  .refine(isForOneKey, 'not_age_file')
  .meta({ type: 'string', format: 'binary' });

const payloadSchema = ageFileSchema.meta({
  description: `The encrypted archive: a file in the binary age v1 format for exactly one X25519 recipient, at most ${MAX_PAYLOAD_BYTES / 1024 / 1024} MiB.`,
});

/** The parts of a form that creates a secret paste, and the input of `createSecretPaste`. */
export const createSecretPasteSchema = z
  .strictObject({
    encryption: z.literal('age-v1', 'encryption_unknown').meta({ description: 'The format.' }),
    payload: payloadSchema,
    lock: ageFileSchema.optional().meta({
      description: `With a password: the encrypted key, an age file as the payload is, at most ${MAX_LOCK_BYTES / 1024} KiB.`,
    }),
    proof_hash: z.string('proof_hash').regex(PROOF_SHAPE, 'proof_hash').meta({
      description: 'SHA-256 of the proof (its 64 hexadecimal digits), in lower-case hexadecimal.',
      example: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
    }),
    ...createSettings,
  })
  .superRefine((body, context) => {
    checkLifetime(body, context);
    if (body.visibility === 'public') {
      context.addIssue({ code: 'custom', path: ['visibility'], message: 'secret_public' });
    }
  })
  .meta({ id: 'CreateSecretPaste', description: 'A secret paste cannot be `public`.' });

/** The parts of a form that saves a new revision of a secret paste, as `updatePaste` takes them. */
export const updateSecretPasteSchema = z
  .strictObject({ payload: payloadSchema, ...updateSettings })
  .superRefine(checkLifetime)
  .meta({ id: 'UpdateSecretPaste', description: 'A new revision, encrypted for the same key as the first.' });

export type CreateSecretPaste = z.output<typeof createSecretPasteSchema>;
export type UpdateSecretPaste = z.output<typeof updateSecretPasteSchema>;
