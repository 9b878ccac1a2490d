import 'server-only';
import { availableParallelism } from 'node:os';
import { invalidField } from '../../core/errors';
import { isCommonPassword } from './common-passwords';
import { createHashQueue, type HashCaller } from './hash-queue';

/**
 * OWASP's second recommendation for argon2id (the package's default algorithm): 19 MiB, two passes, one lane.
 */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** The hash of discarded random bytes, with the current parameters. */
const DECOY =
  '$argon2id$v=19$m=19456,p=1,t=2$/aPuCwDWwRUHK5Y7p13/6g$FK74Eg48WlEvL6MLl18ewA1PNLknlFJucNL+BYHWG6I';

/** A native library, which few requests need. */
const loadArgon2 = () => import('@node-rs/argon2');

// Hashing uses the thread pool of file reads and DNS lookups, and a hash keeps one processor busy: at most two
// run at once, and one where a second would leave no processor for other requests.
const RUNNING = availableParallelism() > 2 ? 2 : 1;

// At about 25 ms each, the last one waiting is answered within three seconds.
const inTurn = createHashQueue({
  running: RUNNING,
  waitingUnknown: 75 * RUNNING,
  waitingKnown: 25 * RUNNING,
  perAddress: 10,
});

/** The hash in the PHC string format. @throws AppError overloaded */
export function hashPassword(password: string, caller: HashCaller): Promise<string> {
  return inTurn(caller, async () => (await loadArgon2()).hash(canonical(password), COST));
}

/**
 * Whether the password is right. Without a hash, takes as long and returns false.
 * @throws AppError overloaded
 */
export async function verifyPassword(
  stored: string | null,
  password: string,
  caller: HashCaller,
): Promise<boolean> {
  const isRight = await inTurn(caller, async () =>
    (await loadArgon2()).verify(stored ?? DECOY, canonical(password)),
  );
  return isRight && stored !== null;
}

/** @throws AppError validation_failed if the password is common, or is the username or the email address */
export async function requireStrongPassword(
  password: string,
  { email, username, path }: { email: string; username: string; path: string },
): Promise<void> {
  const message = await weakness(password, { email, username });
  if (message !== null) throw invalidField(path, message);
}

async function weakness(password: string, { email, username }: { email: string; username: string }) {
  const plain = password.toLowerCase();
  if (plain === email || plain === username) return 'password_is_name';
  return (await isCommonPassword(plain)) ? 'password_common' : null;
}

/** Normalizes the Unicode composition, which differs between keyboards. */
function canonical(password: string): string {
  return password.normalize('NFC');
}
