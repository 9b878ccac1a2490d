import 'server-only';
import { cutPage } from '../core/pagination';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import type { FileRecord } from './queries';

export interface RevisionRecord {
  number: number;
  createdAt: Date;
  /** As in `PasteRecord`. */
  stored: FileRecord[];
  files: FileRecord[];
}

export interface RevisionPage {
  items: RevisionRecord[];
  /** The number below which the next page begins. */
  nextBefore: number | null;
}

/** The revisions of a paste, newest first. Whether a viewer may see them is for `policy.ts` to say. */
export async function listRevisions(
  pasteId: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<RevisionPage> {
  const rows = await prisma().revision.findMany({
    where: { pasteId, ...(before === undefined ? {} : { number: { lt: before } }) },
    orderBy: { number: 'desc' },
    take: limit + 1,
    select: REVISION_SELECT,
  });
  const { items, last } = cutPage(rows, limit);
  return {
    items: items.map(toRevision).filter((revision) => revision !== null),
    nextBefore: last?.number ?? null,
  };
}

export async function findRevision(pasteId: string, number: number): Promise<RevisionRecord | null> {
  const row = await prisma().revision.findUnique({
    where: { pasteId_number: { pasteId, number } },
    select: REVISION_SELECT,
  });
  return row && toRevision(row);
}

const REVISION_SELECT = {
  number: true,
  createdAt: true,
  paste: { select: { encryption: true } },
  files: {
    orderBy: { position: 'asc' },
    select: { name: true, language: true, bytes: true, lines: true, sha256: true, blobKey: true },
  },
} satisfies Prisma.RevisionSelect;

type RevisionRow = Prisma.RevisionGetPayload<{ select: typeof REVISION_SELECT }>;

/**
 * Prisma reads the paste and the files of a revision in further statements.
 * @returns null if one of them did not find what it asked for, because it was deleted since the first one
 */
function toRevision({ number, createdAt, paste, files }: RevisionRow): RevisionRecord | null {
  const found: typeof paste | null = paste;
  if (found === null || files.length === 0) return null;
  const stored = files.map(({ blobKey, sha256, ...file }) => ({
    ...file,
    sha256: Buffer.from(sha256).toString('hex'),
    key: blobKey,
  }));
  return { number, createdAt, stored, files: found.encryption === null ? stored : [] };
}
