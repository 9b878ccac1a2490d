/** An X25519 identity of age: `AGE-SECRET-KEY-1` and 58 Bech32 characters, in upper case. */
export type SecretKey = string;

export const KEY_SHAPE = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/;
