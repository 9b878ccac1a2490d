import { StorageRefusal } from './refusal';

/** What to do about an answer, by its code. */
const REMEDIES = new Map(
  Object.entries({
    AccessDenied:
      'give S3_ACCESS_KEY_ID the rights ListBucket on the bucket, and GetObject, PutObject and DeleteObject on its objects',
    AuthorizationHeaderMalformed: 'set S3_REGION to the region of the bucket',
    InvalidAccessKeyId: 'correct S3_ACCESS_KEY_ID, which the service does not know',
    NoSuchBucket: 'create the bucket, or correct S3_BUCKET, S3_REGION or S3_ENDPOINT',
    NotImplemented: 'use another service, because this one lacks a part of S3 that Sheaf needs',
    PermanentRedirect: 'set S3_REGION to the region of the bucket',
    RequestTimeTooSkewed: 'set the clock of this machine, which differs from that of the service',
    SignatureDoesNotMatch: 'correct S3_SECRET_ACCESS_KEY, which does not belong to S3_ACCESS_KEY_ID',
  }),
);

/** Of answers that say that the request, or what it asks for, is not accepted; with other codes as well. */
const REFUSED = [301, 307, 400, 401, 403, 405, 501];

/** An answer of the service that is neither a success nor a refusal of the configuration. */
export class S3Error extends Error {
  constructor(
    readonly status: number,
    /** Such as `NoSuchKey`; empty where the answer has none. */
    readonly code: string,
  ) {
    super(describeAnswer(status, code));
    this.name = 'S3Error';
  }

  /** Whether the same request may succeed a moment later. */
  get isTransient(): boolean {
    return this.status >= 500 || this.status === 429;
  }
}

/** The error for an answer that is no success. */
export function errorOf(status: number, code: string): S3Error | StorageRefusal {
  const remedy = REMEDIES.get(code) ?? (REFUSED.includes(status) ? 'check the S3_ variables' : undefined);
  if (remedy === undefined) return new S3Error(status, code);
  return new StorageRefusal(`${describeAnswer(status, code)}: ${remedy}.`);
}

function describeAnswer(status: number, code: string): string {
  return `S3 answered ${status}${code && ` ${code}`}`;
}
