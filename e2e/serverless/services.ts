import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyTemplate, dropCopy, startTemplateDatabase } from '../../test/test-database';
import {
  type Cleanup,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  TEMPLATE_URL_IN,
} from '../support/mounts';
import { type AcceptedMail, startResendStandIn } from '../support/resend-stand-in';
import { startUpstashStandIn } from '../support/upstash-stand-in';
import { startPooler } from './pooler';

/** Different from what the functions run with: a value that the build kept would be seen. */
export const BUILD_VARIABLES = {
  APP_URL: 'https://built.example',
  AUTH_SECRET: 'a secret of the build, which nothing else may use',
  CRON_SECRET: 'a cron secret of the build',
  BLOB_READ_WRITE_TOKEN: 'vercel_blob_rw_built_secret',
  RESEND_API_KEY: 're_built',
  MAIL_FROM: 'Built <built@example.org>',
};

export interface Services {
  databaseUrl: string;
  /** Whether the functions use the database through PgBouncer. */
  isPooled: boolean;
  /** Where the mail is that was sent, in the shape of local mail. */
  mailFolder: string;
  /** What is configured for the functions of a deployment at this address. */
  variables(url: string): Record<string, string>;
  /** What is configured for a build, with an empty database for it to migrate. */
  buildVariables(): Promise<Record<string, string>>;
}

/** The services of a deployment: PostgreSQL, Vercel Blob, Upstash and Resend. */
export async function startServices(cleanup: Cleanup): Promise<Services> {
  const template = await startTemplateDatabase();
  cleanup.add(template.stop);
  process.env[TEMPLATE_URL_IN] = template.url;
  const databaseUrl = await createDatabase(cleanup);
  const pooledUrl = await startPooler(databaseUrl, cleanup);
  const store = await startBlobStore(cleanup);
  const upstash = await startUpstashStandIn();
  cleanup.add(() => upstash.close());
  const mailFolder = await makeFolder(cleanup);
  const resend = await startResendStandIn({ onAccepted: (mail) => keepMail(mailFolder, mail) });
  cleanup.add(() => resend.close());
  return {
    databaseUrl,
    isPooled: pooledUrl !== null,
    mailFolder,
    variables: (url) => ({
      ...serviceVariables({ databaseUrl: pooledUrl ?? databaseUrl, store }),
      DATABASE_POOLED: String(pooledUrl !== null),
      APP_URL: url,
      AUTH_SECRET: 'a secret that only tests know, of some length',
      RATE_LIMIT_SCALE: '100000',
      RESEND_API_KEY: resend.apiKey,
      RESEND_BASE_URL: resend.url,
      MAIL_FROM: 'Sheaf <sheaf@example.org>',
      UPSTASH_REDIS_REST_URL: upstash.url,
      UPSTASH_REDIS_REST_TOKEN: upstash.token,
    }),
    async buildVariables() {
      const { name, url } = await copyTemplate(template.url, { empty: true });
      cleanup.add(() => dropCopy(template.url, name));
      return { ...BUILD_VARIABLES, DATABASE_URL: url };
    },
  };
}

/** As local mail is kept, where the specs look for it. */
async function keepMail(folder: string, { id, to, idempotencyKey, ...mail }: AcceptedMail): Promise<void> {
  const name = idempotencyKey ?? id;
  const kept = { ...mail, id: name, to: to[0], sentAt: new Date().toISOString() };
  await writeFile(join(folder, `${name}.json`), JSON.stringify(kept));
}
