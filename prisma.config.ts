import { defineConfig } from 'prisma/config';

// `generate`, `validate` and `format` do not run an engine, but the CLI insists on having a path to one
// and would download it. Migrations do not go through the CLI: see prisma/migrate.ts.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
