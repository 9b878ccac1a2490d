import 'server-only';
import { now } from '../clock';
import { prisma } from '../db';
import type { Grant } from './queries';

/** Keeps when somebody first opened what was shared with them. Never throws: a read must not fail for it. */
export function noteOpened({ shareId, isOpened }: Grant): void {
  if (isOpened) return;
  prisma()
    .share.updateMany({ where: { id: shareId, openedAt: null }, data: { openedAt: now() } })
    .catch(() => {});
}
