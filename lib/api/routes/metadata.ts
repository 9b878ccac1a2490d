import type { Caller } from '../../core/caller';
import { etagOf, toEnvelopeDto, toPasteDto } from '../../pastes/dto';
import { isIndexable } from '../../pastes/policy';
import { readPaste } from '../../pastes/read';
import { isHeldBy, validators } from '../conditional';

/** What a read of a paste without its text is answered with; the body is JSON. */
export interface MetadataAnswer {
  status: 200 | 304;
  headers: Record<string, string>;
  body: string | null;
}

/**
 * A paste without its text, or that the caller has it.
 * @throws AppError not_found
 */
export async function readMetadata(
  slug: string,
  { caller, ifNoneMatch }: { caller: Caller; ifNoneMatch: string | undefined },
): Promise<MetadataAnswer> {
  const { paste, envelope } = await readPaste(slug, { caller, surface: 'metadata' });
  const etag = etagOf(paste, { envelope });
  const headers = {
    ...validators(etag),
    ...(!isIndexable(paste) || envelope ? { 'X-Robots-Tag': 'noindex' } : {}),
  };
  if (isHeldBy(ifNoneMatch, etag)) return { status: 304, headers, body: null };
  const body = JSON.stringify(envelope ? toEnvelopeDto(paste) : toPasteDto(paste));
  return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body };
}
