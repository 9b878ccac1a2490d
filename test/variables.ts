/** What has no default. */
export const BASE = { DATABASE_URL: 'postgres://localhost/sheaf', AUTH_SECRET: 'x'.repeat(32) };
export const TOKEN = 'vercel_blob_rw_store_secret';
/** All that a bucket needs. */
export const S3 = {
  S3_BUCKET: 'texts',
  S3_REGION: 'eu-central-1',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'opensesame',
};
