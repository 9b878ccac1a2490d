/** The files of a secret paste, in bytes, all together. */
export const MAX_CONTENT_BYTES = 4 * 1024 * 1024;
/** The encrypted archive: the files, their headers and the padding. */
export const MAX_PAYLOAD_BYTES = 4.25 * 1024 * 1024;
export const MAX_LOCK_BYTES = 4 * 1024;
/** Of an age file, up to the line with its MAC: one recipient needs 200 bytes. */
export const MAX_HEADER_BYTES = 1024;
export const MAX_MANIFEST_BYTES = 64 * 1024;
/** The base-2 logarithm of scrypt's cost, as it is written, and the highest that is computed. */
export const SCRYPT_COST = 17;
export const MAX_SCRYPT_COST = 18;
/** These hold for all pastes. */
export const MAX_FILES = 20;
export const MAX_READS = 100;
export const MAX_TITLE_LENGTH = 200;
/** In UTF-16 code units. */
export const MAX_NAME_LENGTH = 255;
