import { type SealedPaste, sealPaste } from '../../lib/encryption/seal';
import type { Api } from './api';
import { secretForm } from './secret';
import { type CreatedPaste, createdPasteShape } from './shapes';

interface SealedFile {
  name: string;
  content: string | Uint8Array;
  language?: string;
}

interface SealOptions {
  title?: string;
  files: readonly SealedFile[];
  password?: string;
  burnAfter?: number;
  /** What the author meant, where the server is told something else. */
  intendedBurnAfter?: number;
  /** Settings as the form has them. */
  settings?: Record<string, string>;
}

export interface CreatedSecret extends CreatedPaste, SealedPaste {
  /** The path with the key. */
  link: string;
}

/** A secret paste that is made as the composer makes one. */
export async function createSealed(api: Api, options: SealOptions): Promise<CreatedSecret> {
  const { title = '', files, password = '', burnAfter, settings } = options;
  const content = {
    title,
    files: files.map(({ name, language = null, content: given }) => ({
      name,
      language,
      content: typeof given === 'string' ? new TextEncoder().encode(given) : given,
    })),
  };
  const intention = { expiresAt: null, burnAfter: options.intendedBurnAfter ?? burnAfter ?? null };
  const sealed = await sealPaste(content, { intention, password });
  const body = secretForm(sealed, {
    ...(sealed.lock && { lock: sealed.lock }),
    ...(burnAfter && { burn_after: String(burnAfter) }),
    ...settings,
  });
  const headers = { accept: 'application/json' };
  const answer = await api.send('/api/v1/pastes', { method: 'POST', body, headers });
  if (answer.status !== 201) throw new Error(`A paste was refused with ${answer.status}: ${answer.text}`);
  const created = answer.json(createdPasteShape);
  return { ...created, ...sealed, link: `/${created.slug}#${sealed.linkKey}` };
}
