import { defineConfig } from 'prisma/config';

const url = process.env.DIRECT_URL || process.env.DATABASE_URL;

// `generate`, `validate` and `format` do not run an engine, but the CLI insists on having a path to one
// and would download it. `migrate deploy`, which prisma/migrate.ts replaces, needs the real one.
if (!process.argv.includes('migrate')) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
});
