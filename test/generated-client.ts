import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';

/** The types that openapi-typescript makes of an OpenAPI document, with a `Blob` for bytes. */
export async function generateTypes(document: string): Promise<string> {
  const blob = ts.factory.createTypeReferenceNode('Blob');
  // Twice as fast as from the text.
  const nodes = await openapiTS(JSON.parse(document) as OpenAPI3, {
    silent: true,
    transform: ({ format }) => (format === 'binary' ? blob : undefined),
  });
  return astToString(nodes);
}

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  skipLibCheck: true,
  types: [],
};

/**
 * Compiles files that are not on disk, by their paths. They can import files that are.
 * @returns the errors, as `path:line TS1234 message`
 */
export function compile(files: ReadonlyMap<string, string>): string[] {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, options, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile(path, options, ...rest)
      : ts.createSourceFile(path, text, options);
  };
  const program = ts.createProgram({ rootNames: [...files.keys()], options: OPTIONS, host });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, code, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const [message] = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n');
    return `${file?.fileName.split('/').at(-1)}:${line} TS${code} ${message}`;
  });
}
