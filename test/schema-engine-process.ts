#!/usr/bin/env -S node --import tsx
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { withSchemaEngine } from '../prisma/schema-engine';

type Method = 'applyMigrations' | 'diagnoseMigrationHistory';

/**
 * Stands in for the engine's binary, which Prisma's CLI would download (`PRISMA_SCHEMA_ENGINE_BINARY`): the same
 * engine, asked in JSON-RPC, a line for a message.
 */
async function answerRequests(url: string): Promise<void> {
  await withSchemaEngine(url, async (engine) => {
    for await (const line of createInterface({ input: process.stdin })) {
      const { id, method, params } = JSON.parse(line) as { id: number; method: Method; params: never };
      const result = await engine[method](params);
      console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
    }
  });
}

const { values, positionals } = parseArgs({
  options: { datasource: { type: 'string' }, datamodels: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const { url } = JSON.parse(values.datasource ?? '{}') as { url: string };
// The question whether the database is there, which the commands after it answer.
if (positionals[0] !== 'cli') await answerRequests(url);
process.exit();
