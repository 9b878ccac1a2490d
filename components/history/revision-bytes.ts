import 'server-only';
import { currentCaller } from '@/components/request/current-caller';
import { withEditKey } from '@/components/request/edit-key-cookie';
import { largeReader } from '@/components/request/next-response';
import { toAppError } from '@/lib/core/app-error';
import { AppError } from '@/lib/core/errors';
import { commonHeaders, RAW_POLICY } from '@/lib/core/http/security-headers';
import { readRevision } from '@/lib/pastes/history';
import { takeReadSlot, totalBytes } from '@/lib/pastes/large-reads';
import { readFileBody } from '@/lib/pastes/read';
import { readRevisionNumber } from '@/lib/pastes/revision-number';

const HEADERS = {
  'Content-Type': 'application/octet-stream',
  'Content-Security-Policy': RAW_POLICY,
  'Cache-Control': 'private, no-store',
  'X-Robots-Tag': 'noindex',
};

/** The ciphertext of a revision of a secret paste, for the script of its page. */
export async function revisionBytes(slug: string, r: string | null): Promise<Response> {
  const headers = { ...commonHeaders(), ...HEADERS };
  try {
    const number = readRevisionNumber(r ?? undefined);
    if (number === undefined || number === null) throw new AppError('not_found');
    const caller = await withEditKey(await currentCaller(), slug);
    const { paste, revision } = await readRevision(slug, number, caller);
    const [ciphertext] = revision.stored;
    if (!paste.isSecret || !ciphertext) throw new AppError('not_found');
    const release = await takeReadSlot(totalBytes(revision.stored), largeReader(caller));
    const body = await readFileBody(ciphertext).finally(release);
    return new Response(body as Uint8Array<ArrayBuffer>, { headers });
  } catch (error) {
    return new Response(null, { status: toAppError(error).status, headers });
  }
}
