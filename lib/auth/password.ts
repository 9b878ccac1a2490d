import 'server-only';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../errors';
import { isCommonPassword } from './common-passwords';

/** OWASP's second recommendation for argon2id (the package's default algorithm): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** Of random bytes that nobody kept, at the present cost. */
const DECOY =
  '$argon2id$v=19$m=19456,p=1,t=2$/aPuCwDWwRUHK5Y7p13/6g$FK74Eg48WlEvL6MLl18ewA1PNLknlFJucNL+BYHWG6I';

// Hashing takes the threads that files are read on and connections are made with: a storm of sign-ins must
// not hold up everything else.
const MAX_HASHES = 2;
const MAX_WAITING = 150;

let running = 0;
const waiting: (() => void)[] = [];

/** The hash in the PHC string format. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(canonical(password), COST));
}

/** Whether the password is right; where there is no hash, it takes as long and is not. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const isRight = await inTurn(() => verify(stored ?? DECOY, canonical(password)));
  return isRight && stored !== null;
}

/** @throws AppError validation_failed when the password is a common one, or the person's own name or address */
export function refuseWeakPassword(
  password: string,
  { email, username, path }: { email: string; username: string; path: string },
): void {
  const message = weakness(password, { email, username });
  if (message !== null) throw new AppError('validation_failed', { fields: [{ path, message }] });
}

function weakness(password: string, { email, username }: { email: string; username: string }) {
  const plain = password.toLowerCase();
  if (plain === email || plain === username) return 'password_is_name';
  return isCommonPassword(plain) ? 'password_common' : null;
}

/** The same characters, however a keyboard composes them. */
function canonical(password: string): string {
  return password.normalize('NFC');
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= MAX_WAITING) throw new AppError('overloaded', { retryAfter: 5 });
  if (running >= MAX_HASHES) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
