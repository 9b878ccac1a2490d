import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

export type { DiffTarget, MigrationDirectory, MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';

type Engine = bindings.SchemaEngine;

interface EngineExports extends WebAssembly.Exports {
  __wbindgen_start(): void;
}

const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * The catalog has columns of the one-byte type "char", which Prisma's adapter refuses to read; as text
 * they mean the same. Of the same kind: https://github.com/prisma/orm/issues/27403
 */
class CatalogClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.connection.on('rowDescription', ({ fields }: { fields: pg.FieldDef[] }) => {
      for (const field of fields) {
        if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID;
      }
    });
  }
}

const globals = globalThis as typeof globalThis & {
  PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void };
};

let loaded: Promise<void> | undefined;
let panic: string | undefined;

/**
 * Prisma's own schema engine, as WebAssembly: the CLI would download it as a binary. The interface is
 * internal to Prisma, so the package is pinned to the release of the client.
 */
export async function withSchemaEngine<T>(
  connectionString: string,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  await loaded;
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString, Client: CatalogClient }));
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  try {
    return await use(engine);
  } finally {
    engine.free();
  }
}

async function load(): Promise<void> {
  globals.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      panic = message;
      console.error(message)
    },
  };
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as EngineExports).__wbindgen_start();
}
