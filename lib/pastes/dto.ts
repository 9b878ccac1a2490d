import { env } from '../core/env';
import type { PasteDto, RevisionDto } from './dto-schema';
import { awaitsApproval } from './policy';
import type { ListedPaste, PasteRecord } from './queries';
import type { RevisionRecord } from './revision-queries';

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
    awaits_approval: awaitsApproval(paste),
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
    encryption: encryptionOf(paste),
    hidden_reason: paste.hiddenAt === null ? null : paste.hiddenReason,
    warnings: [...warnings],
  };
}

function encryptionOf({ slug, encryption, stored }: PasteRecord): PasteDto['encryption'] {
  const [ciphertext] = stored;
  if (encryption === null || !ciphertext) return null;
  const { bytes, sha256 } = ciphertext;
  return {
    format: encryption.format,
    bytes,
    sha256,
    lock_url: encryption.hasLock ? `${pasteUrl(slug)}/lock` : null,
  };
}

/** A paste that must be revealed first, without title and file names. */
export function toEnvelopeDto(paste: PasteRecord): PasteDto {
  return { ...toPasteDto(paste), title: '', files: [] };
}

/** A paste in a list. @param options.envelope whether it must be revealed first. */
export function toListedDto(paste: ListedPaste, { envelope }: { envelope: boolean }): PasteDto {
  if (envelope) return { ...toEnvelopeDto(paste), preview: null };
  return { ...toPasteDto(paste), preview: paste.preview };
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
 * Changes with every revision and every change of settings. What is told of a closed paste has one of its
 * own: a caller who may see more of it later must not get a 304. It also changes with every read.
 */
export function etagOf(paste: EtagFacts, { envelope = false } = {}): string {
  return envelope ? `${envelopeEtagStart(paste)}${paste.reads}"` : `"${stateOf(paste)}"`;
}

type EtagFacts = Pick<PasteRecord, 'revision' | 'settingsVersion' | 'reads'>;

const stateOf = ({ revision, settingsVersion }: EtagFacts) => `${revision}.${settingsVersion}`;
const envelopeEtagStart = (paste: EtagFacts) => `"${stateOf(paste)}.envelope.`;

/** Whether an ETag is of the paste's present revision and settings, for any representation and number of reads. */
export function isOfState(etag: string, paste: EtagFacts): boolean {
  return etag === etagOf(paste) || etag.startsWith(envelopeEtagStart(paste));
}
