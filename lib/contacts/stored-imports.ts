import 'server-only';
import { now } from '../core/clock';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { type ImportReport, importReportSchema } from './import-report';

const DAY_MS = 86_400_000;
const MAX_PENDING = 3;
const MAX_NAME_LENGTH = 255;

/** An uploaded file before its import, or the report of the import. */
export type StoredImport = { id: string; name: string } & (
  | { bytes: Uint8Array; report: null }
  | { bytes: null; report: ImportReport }
);

/**
 * Stores an uploaded file for a day. Of the files that are not imported, the newest `MAX_PENDING` of an owner are
 * kept.
 * @param file.name as given by the browser
 * @returns the id
 */
export async function storeImport(
  ownerId: string,
  file: { name: string; bytes: Uint8Array },
): Promise<string> {
  const createdAt = now();
  const { id } = await prisma().contactImport.create({
    data: {
      ownerId,
      name: file.name.toWellFormed().replaceAll('\0', '').slice(0, MAX_NAME_LENGTH).toWellFormed(),
      bytes: new Uint8Array(file.bytes),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + DAY_MS),
    },
    select: { id: true },
  });
  await prisma().$executeRaw`
    delete from contact_imports where owner_id = ${ownerId}::uuid and bytes is not null and id in (
      select id from contact_imports where owner_id = ${ownerId}::uuid and bytes is not null
      order by created_at desc, id desc offset ${MAX_PENDING})`;
  return id;
}

/** @throws AppError not_found, also for the import of another user and when it has expired */
export async function getImportOrThrow(ownerId: string, id: string): Promise<StoredImport> {
  const found = await prisma().contactImport.findFirst({
    where: { id, ownerId, expiresAt: { gt: now() } },
    select: { id: true, name: true, bytes: true, report: true },
  });
  if (!found) throw new AppError('not_found');
  const { name, bytes } = found;
  if (bytes !== null) return { id, name, bytes, report: null };
  return { id, name, bytes, report: importReportSchema.parse(found.report) };
}

/** Deletes an upload or a report; does nothing if there is none. */
export async function deleteImport(ownerId: string, id: string): Promise<void> {
  await prisma().contactImport.deleteMany({ where: { id, ownerId } });
}

/** The file was imported or deleted at the same time. */
export class ImportEnded extends Error {}

/**
 * Puts the report in the place of the file, within the transaction that imports it.
 * @throws ImportEnded
 */
export async function storeReport(
  tx: Prisma.TransactionClient,
  { ownerId, id, report }: { ownerId: string; id: string; report: ImportReport },
): Promise<void> {
  const { count } = await tx.contactImport.updateMany({
    where: { id, ownerId, bytes: { not: null } },
    data: { bytes: null, report },
  });
  if (count === 0) throw new ImportEnded('The file is no longer waiting for its import.');
}
