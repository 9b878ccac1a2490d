import { nanoid } from 'nanoid';

/** For a reveal that a reader may repeat, or for the cookie that tells browsers apart. */
export function newNonce(): string {
  return nanoid(22);
}
