import 'server-only';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { AppError, invalidField } from '../core/errors';
import { reportCredentials } from '../text/credentials/report-credentials';
import { etagOf } from './dto';
import { canManage } from './policy';
import { findPaste } from './queries';
import { readFileText } from './read';
import type { UpdatePaste } from './schema';
import { updatePaste } from './update';
import { isWider } from './visibility';

/**
 * Changes visibility and lifetime of a paste, where its page shows them. More people get to read only what the
 * composer would not ask about; there the author can mask it.
 * @param options.ifMatch the ETag that the page has
 * @throws AppError as `updatePaste`, and validation_failed with `credentials_found`
 */
export async function changeSettings(
  slug: string,
  input: Pick<UpdatePaste, 'visibility' | 'expires_in'>,
  { caller, ifMatch }: { caller: Caller; ifMatch: string },
): Promise<void> {
  const paste = await findPaste(slug, now());
  if (!paste || !canManage(caller, paste, now())) throw new AppError('not_found');
  // The update requires it too, so that what is checked here is what becomes visible.
  if (etagOf(paste) !== ifMatch) throw new AppError('stale');
  const { visibility } = input;
  if (visibility !== undefined && isWider(visibility, paste.visibility)) {
    const texts = await Promise.all(paste.files.map(readFileText));
    if (await reportCredentials(texts, { visibility })) throw invalidField('visibility', 'credentials_found');
  }
  await updatePaste(slug, input, { caller, ifMatch });
}
