import 'server-only';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { prisma } from '../core/prisma';
import { unseal } from '../core/sealed';
import { totalBytes } from '../pastes/large-reads';
import { decideReported } from '../pastes/policy';
import type { PasteRecord } from '../pastes/queries';
import { decodeBody, readFileBody } from '../pastes/read';
import type { CaseDetailDto } from './schema';

const SHOWN_BYTES = 64 * 1024;
/** Keys are checked when they are handed over, except of a damaged ciphertext; the newest are tried. */
const MAX_KEYS = 5;

type Content = CaseDetailDto['content'];

const nothing = (state: Content['state']): Content => ({ state, files: [], cut: false });

/**
 * What the queue shows of a reported paste: its texts up to 64 KiB, of a secret one with a key from its reports.
 * @throws AppError storage_unavailable
 */
export async function readReportedContent(
  caseId: string,
  paste: PasteRecord | null,
  caller: Caller,
): Promise<Content> {
  if (paste === null) return nothing('deleted');
  const keys = paste.isSecret && paste.burnAfter === null ? await findKeys(caseId) : [];
  const decision = decideReported(caller, paste, { now: now(), hasKey: keys.length > 0 });
  if (decision === 'absent') return nothing('deleted');
  if (decision === 'metadata') return nothing(paste.burnAfter === null ? 'no_key' : 'burning');
  return paste.isSecret ? openWith(keys, paste) : readFiles(paste);
}

async function readFiles(paste: PasteRecord): Promise<Content> {
  const start = startOf();
  const files: Content['files'] = [];
  for (const file of paste.files) {
    const text = start.hasRoom() ? start.take(await readFileBody(file)) : '';
    files.push({ name: file.name, bytes: file.bytes, text });
  }
  return { state: 'text', files, cut: totalBytes(paste.files) > SHOWN_BYTES };
}

async function openWith(keys: readonly string[], paste: PasteRecord): Promise<Content> {
  const [file] = paste.stored;
  if (!file) return nothing('deleted');
  const payload = await readFileBody(file);
  const { openPayload } = await import('../encryption/open');
  for (const contentKey of keys) {
    // Any failure: the key of another paste, or a ciphertext that nothing opens.
    const opened = await openPayload(payload, { contentKey }).catch(() => null);
    if (!opened) continue;
    const start = startOf();
    const files = opened.files.map(({ name, content }) => ({
      name,
      bytes: content.length,
      text: start.take(content),
    }));
    return { state: 'text', files, cut: totalBytes(files) > SHOWN_BYTES };
  }
  return nothing('wrong_key');
}

/** Gives the beginning of each text, as long as there is room. */
function startOf() {
  let room = SHOWN_BYTES;
  return {
    hasRoom: () => room > 0,
    take(body: Uint8Array): string {
      const shown = body.subarray(0, room);
      room -= shown.length;
      return decodeBody(shown);
    },
  };
}

async function findKeys(caseId: string): Promise<string[]> {
  const reports = await prisma().report.findMany({
    where: { caseId, sealedKey: { not: null } },
    orderBy: { createdAt: 'desc' },
    take: MAX_KEYS,
    select: { sealedKey: true },
  });
  const keys = await Promise.all(reports.map(({ sealedKey }) => unseal('reports', sealedKey ?? '')));
  return [...new Set(keys.filter((key) => key !== null))];
}
