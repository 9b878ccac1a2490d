import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

interface EngineExports extends WebAssembly.Exports {
  __wbindgen_start(): void;
}

const globals = globalThis as typeof globalThis & {
  PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void };
};

const CHAR_OID = 18;
const TEXT_OID = 25;
/** The only column of type "char" that the engine reads. */
const CHAR_COLUMN = 'constraint_type';

let loaded: Promise<void> | undefined;
let panic: string | undefined;

/**
 * Prisma's schema engine as WebAssembly; the CLI would download a binary. For development and tests only. Its
 * interface is internal to Prisma, so the package is pinned to the release of the client. When the engine
 * requests a shadow database, it gets the connected one, which must then be empty.
 */
export async function withSchemaEngine<T>(
  connectionString: string,
  use: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  await loaded;
  // Closed here: the engine keeps its own advisory lock while its connection is open.
  const pool = new pg.Pool({ connectionString, Client: CatalogClient });
  pool.on('error', () => {});
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogAdapter(pool));
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  try {
    return await use(engine);
  } catch (error) {
    throw panic === undefined ? error : new Error(panic, { cause: error });
  } finally {
    engine.free();
    await pool.end();
  }
}

async function load(): Promise<void> {
  globals.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      panic = message;
    },
  };
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as EngineExports).__wbindgen_start();
}

/**
 * Prisma's adapter does not support the catalog's type "char", which the engine needs to compare a database
 * with a schema: the connection returns it as text, and the adapter reports the type that the engine expects.
 * See also https://github.com/prisma/orm/issues/27403
 */
class CatalogAdapter extends PrismaPg {
  override async connect() {
    return runScriptsWhole(readCharacters(await super.connect()));
  }

  /** The base class would create a database and then, given a URL, connect to the one in the URL. */
  override connectToShadowDb() {
    return this.connect();
  }
}

function readCharacters<T extends SqlDriverAdapter>(adapter: T): T {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    const columnTypes = result.columnTypes.map((type, index) =>
      result.columnNames[index] === CHAR_COLUMN ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  return adapter;
}

/** The base class splits a script at every semicolon, also within a string or a function. */
function runScriptsWhole<T extends SqlDriverAdapter>(adapter: T): T {
  adapter.executeScript = async (script) => {
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
  };
  return adapter;
}

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
