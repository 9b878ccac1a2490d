import { AppError } from '../core/errors';
import { isOfState } from './dto';
import type { PasteRecord } from './queries';

/** @throws AppError stale, unless `If-Match` names the current state or any */
export function requireMatch(paste: PasteRecord, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  const wanted = ifMatch.split(',').map((tag) => tag.trim());
  if (!wanted.some((tag) => isOfState(tag, paste))) throw new AppError('stale');
}
