import { createHash } from 'node:crypto';
import { env } from '../env';
import type { PasteRecord, RevisionRecord } from './queries';
import type { PasteDto, RevisionDto } from './schema';

export function pasteUrl(slug: string): string {
  return `${env().APP_URL}/${slug}`;
}

/** What may leave the server about a paste that `policy.ts` grants in full. */
export function toPasteDto(paste: PasteRecord, warnings: readonly string[] = []): PasteDto {
  const url = pasteUrl(paste.slug);
  return {
    slug: paste.slug,
    url,
    raw_url: `${url}/raw`,
    title: paste.title,
    visibility: paste.visibility,
    owner: paste.owner,
    files: paste.files.map((file, index) => ({
      name: file.name,
      language: file.language,
      bytes: file.bytes,
      lines: file.lines,
      sha256: file.sha256,
      raw_url: `${url}/raw/${index + 1}`,
    })),
    revision: paste.revision,
    created_at: paste.createdAt.toISOString(),
    updated_at: paste.updatedAt.toISOString(),
    expires_at: paste.expiresAt?.toISOString() ?? null,
    burn_after: paste.burnAfter,
    reads: paste.burnAfter === null ? null : paste.reads,
    encryption: paste.encryption ?? null,
    hidden_reason: paste.hiddenAt === null ? null : paste.hiddenReason,
    warnings: [...warnings],
  };
}

/** What is told of a paste whose text takes a deliberate act: neither title nor names. */
export function toEnvelopeDto(paste: PasteRecord): PasteDto {
  return { ...toPasteDto(paste), title: '', files: [] };
}

export function toRevisionDto({ number, createdAt, files }: RevisionRecord, paste: PasteRecord): RevisionDto {
  return {
    number,
    created_at: createdAt.toISOString(),
    current: number === paste.revision,
    files: files.map(({ key: _, ...file }) => file),
  };
}

/**
 * Changes with everything that the paste's representation shows: `"<revision>.<settings version>"`, of which
 * an owner's name is no part, so that it is added; and what an envelope shows is not what is inside.
 */
export function etagOf(
  { revision, settingsVersion, owner }: Pick<PasteRecord, 'revision' | 'settingsVersion' | 'owner'>,
  { envelope = false } = {},
): string {
  const parts = [`${revision}.${settingsVersion}`];
  if (owner !== null) parts.push(createHash('sha256').update(owner).digest('base64url').slice(0, 8));
  if (envelope) parts.push('envelope');
  return `"${parts.join('.')}"`;
}

/** Whether an ETag is of the paste's present revision and settings, whatever its owner is called by now. */
export function isOfState(
  etag: string,
  { revision, settingsVersion }: Pick<PasteRecord, 'revision' | 'settingsVersion'>,
): boolean {
  return /^"(\d+\.\d+)(?:\.[\w-]+)*"$/.exec(etag)?.[1] === `${revision}.${settingsVersion}`;
}
