/**
 * Browsers have no `crypto.subtle` on plain HTTP. age-encryption has an implementation of its own, which it uses
 * where WebCrypto says that it does not support X25519: this says so.
 */
if (typeof crypto !== 'undefined' && crypto.subtle === undefined) {
  const unsupported = () => Promise.reject(new DOMException('no WebCrypto', 'NotSupportedError'));
  Object.defineProperty(crypto, 'subtle', { value: { importKey: unsupported }, configurable: true });
}
