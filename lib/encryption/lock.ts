import { Decrypter, Encrypter } from 'age-encryption';
import { decryptWithKey, encryptForKey } from './age-file';
import { readAgeHeader } from './age-header';
import { EncryptionError } from './errors';
import { KEY_SHAPE, type SecretKey } from './key-shape';
import { MAX_LOCK_BYTES, MAX_SCRYPT_COST, SCRYPT_COST } from './limits';

/**
 * The lock of a secret paste with a password: an age file for the link's key, in it an age file for the password, in
 * it the content key. So a password can only be tried by those who have the link.
 */
export async function sealLock(
  contentKey: SecretKey,
  { linkKey, password }: { linkKey: SecretKey; password: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(toPassphrase(password));
  encrypter.setScryptWorkFactor(SCRYPT_COST);
  return encryptForKey(await encrypter.encrypt(`${contentKey}\n`), linkKey);
}

/**
 * The content key that a lock holds. The cost of the password is read before anything is computed.
 * @throws EncryptionError wrong_key, wrong_password, lock_too_costly, damaged, too_large
 */
export async function openLock(
  lock: Uint8Array,
  { linkKey, password }: { linkKey: SecretKey; password: string },
): Promise<SecretKey> {
  const inner = await openWithLink(lock, linkKey);
  const [stanza, ...others] = readAgeHeader(inner).stanzas;
  if (stanza?.[0] !== 'scrypt' || stanza.length !== 3 || others.length > 0)
    throw new EncryptionError('damaged');
  const cost = stanza[2] ?? '';
  if (!/^[1-9]\d?$/.test(cost) || Number(cost) > MAX_SCRYPT_COST)
    throw new EncryptionError('lock_too_costly');
  const key = (await decryptWithPassword(inner, password)).trim();
  if (!KEY_SHAPE.test(key)) throw new EncryptionError('damaged');
  return key;
}

/**
 * Whether the lock is for this link, so that a wrong link is found before anyone types a password. Computes nothing
 * with a password. @throws EncryptionError wrong_key, damaged, too_large
 */
export async function checkLock(lock: Uint8Array, linkKey: SecretKey): Promise<void> {
  await openWithLink(lock, linkKey);
}

async function openWithLink(lock: Uint8Array, linkKey: SecretKey): Promise<Uint8Array> {
  if (lock.length > MAX_LOCK_BYTES) throw new EncryptionError('too_large');
  return decryptWithKey(lock, linkKey);
}

async function decryptWithPassword(file: Uint8Array, password: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(toPassphrase(password));
  return decrypter.decrypt(file, 'text').catch(() => {
    throw new EncryptionError('wrong_password');
  });
}

/** The same password, however a keyboard composes its letters. */
function toPassphrase(password: string): string {
  return password.normalize('NFC');
}
