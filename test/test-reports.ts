import { readdir } from 'node:fs/promises';
import type { Caller, Member } from '@/lib/core/caller';
import { env } from '@/lib/core/env';
import { AppError } from '@/lib/core/errors';
import { prisma } from '@/lib/core/prisma';
import { createPaste } from '@/lib/pastes/create';
import { createPasteSchema } from '@/lib/pastes/schema';
import { decideCase } from '@/lib/reports/decide';
import { listCases } from '@/lib/reports/queries';
import { reportPaste } from '@/lib/reports/report';
import { createReportSchema, decideCaseSchema, listCasesSchema } from '@/lib/reports/schema';
import { ANONYMOUS, signedIn } from './callers';
import { addUser } from './test-people';

export const TEXT = 'a text that is reported, long enough to be blocked';

let lastAddress = 0;

/** A caller from an address of their own. */
export function passerBy(): Caller {
  lastAddress += 1;
  return { ...ANONYMOUS, address: `198.51.${lastAddress >> 8}.${lastAddress & 255}` };
}

export async function addModerator(role: 'moderator' | 'admin' = 'moderator'): Promise<Member> {
  return signedIn(await addUser({ role }));
}

export async function addPaste(settings: Record<string, unknown> = {}, caller: Caller = ANONYMOUS) {
  const { paste } = await createPaste(createPasteSchema.parse({ content: TEXT, ...settings }), caller);
  return paste;
}

export function report(
  slug: string,
  fields: Record<string, unknown> = {},
  caller = passerBy(),
): Promise<void> {
  const input = createReportSchema.parse({ reason: 'spam', ...fields });
  return reportPaste(slug, input, { caller, locale: 'en' });
}

export async function caseOf(pasteId: string) {
  return prisma().reportCase.findUniqueOrThrow({ where: { pasteId } });
}

/** Decides the case of a paste, of its current revision. */
export async function decide(pasteId: string, input: Record<string, unknown>, caller: Member): Promise<void> {
  const { id } = await caseOf(pasteId);
  const paste = await prisma().paste.findUnique({ where: { id: pasteId }, select: { revision: true } });
  await decideCase(id, decideCaseSchema.parse({ ...paste, ...input }), caller);
}

/** The code of the error and of its first field; `null` if there is none. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? `${error.code} ${error.fields[0]?.message ?? ''}`.trim() : String(error);
}

/** Actions and details about one target, the oldest first. */
export async function auditOf(target: string): Promise<[string, unknown][]> {
  const entries = await prisma().auditEntry.findMany({ where: { target }, orderBy: { id: 'asc' } });
  return entries.map(({ action, details }) => [action, details]);
}

export async function countBodies(): Promise<number> {
  const entries = await readdir(env().BLOB_DIR, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

export function queue(caller: Caller, filter: Record<string, string> = {}) {
  return listCases(listCasesSchema.parse({ limit: '100', ...filter }), caller);
}
