import { languages as known } from '@codemirror/language-data';
import { describe, expect, it } from 'vitest';
import { languageForFileName } from './detect-language';
import { fileExtension, findLanguage, languageName, languages } from './languages';
import { LANGUAGES_WITHOUT_GRAMMAR } from './languages-without-grammar';

/** https://code.visualstudio.com/docs/languages/identifiers */
const VS_CODE_IDS =
  'abap bat bibtex clojure coffeescript c cpp csharp css cuda-cpp d pascal diff dockerfile elixir erlang fsharp ' +
  'git-commit git-rebase go groovy handlebars haml haskell html ini jade java javascript javascriptreact json ' +
  'jsonc julia latex less lua makefile markdown objective-c objective-cpp ocaml perl perl6 php plaintext ' +
  'powershell pug python r razor ruby rust scss sass shaderlab shellscript slim sql stylus svelte swift ' +
  'typescript typescriptreact tex vb vue vue-html xml xsl yaml log csv tsv ignore hlsl properties dotenv jsonl ' +
  'restructuredtext dockercompose raku';

describe('languages', () => {
  it('names every language of @codemirror/language-data, plain text, and those without a grammar', () => {
    const names = languages.map(({ name }) => name);
    const withoutGrammar = LANGUAGES_WITHOUT_GRAMMAR.map(({ name }) => name);
    expect(names.sort()).toEqual([...known.map(({ name }) => name), 'Plain text', ...withoutGrammar].sort());
    expect(languages[0]?.name).toBe('Plain text');
  });

  it('claims no label twice, except extensions that several languages share', () => {
    const claims = new Map<string, Set<string>>();
    for (const { id, name, extensions, aliases } of languages) {
      for (const label of [id, name.toLowerCase(), ...extensions, ...aliases]) {
        claims.set(label, (claims.get(label) ?? new Set()).add(id));
      }
    }
    const shared = [...claims].filter(([, ids]) => ids.size > 1).map(([label]) => label);
    expect(shared.sort()).toEqual(['cfg', 'conf', 'html', 'm', 'sig', 'sql', 'text', 'v']);
  });

  it('knows every extension, alias and file name that language-data knows', () => {
    for (const description of known) {
      const language = languages.find(({ name }) => name === description.name);
      for (const extension of description.extensions) {
        expect(language?.extensions).toContain(extension.toLowerCase());
      }
      for (const alias of description.alias) expect(findLanguage(alias)).not.toBeNull();
    }
    for (const name of [
      'extensions.conf',
      'CMakeLists.txt',
      'Dockerfile',
      'Jenkinsfile',
      'nginx.conf',
      'BUCK',
    ]) {
      const description = known.find(({ filename }) => filename?.test(name));
      expect(languageName(languageForFileName(name) ?? '')).toBe(description?.name);
    }
  });

  it('has unique ids that are safe in URLs', () => {
    const ids = languages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('gives an extension that several languages claim to one of them on purpose', () => {
    const claims = new Map<string, string[]>();
    for (const { id, extensions } of languages) {
      for (const extension of extensions) claims.set(extension, [...(claims.get(extension) ?? []), id]);
    }
    const shared = [...claims].filter(([, ids]) => ids.length > 1).map(([extension]) => extension);
    const owners = shared.map((extension) => [extension, languageForFileName(`x.${extension}`)]);
    expect(Object.fromEntries(owners)).toEqual({
      cfg: 'properties',
      conf: 'properties',
      html: 'html',
      m: 'objective-c',
      sig: 'pgp',
      sql: 'sql',
      text: 'text',
      v: 'verilog',
    });
  });
});

describe('findLanguage', () => {
  it.each([
    ['ts', 'typescript'],
    ['JS', 'javascript'],
    ['py', 'python'],
    ['c++', 'cpp'],
    ['C#', 'csharp'],
    ['f#', 'fsharp'],
    ['sh', 'shell'],
    ['bash', 'shell'],
    ['yml', 'yaml'],
    ['md', 'markdown'],
    ['Plain text', 'text'],
    ['plaintext', 'text'],
    ['vb.net', 'vbnet'],
    ['Objective-C++', 'objective-cpp'],
    ['rb', 'ruby'],
    ['rs', 'rust'],
    ['golang', 'go'],
    ['html', 'html'],
    ['d', 'd'],
    [' Rust ', 'rust'],
    ['makefile', 'makefile'],
    ['make', 'makefile'],
    ['hcl', 'hcl'],
    ['Terraform', 'hcl'],
    ['graphql', 'graphql'],
    ['gql', 'graphql'],
    ['elixir', 'elixir'],
    ['nix', 'nix'],
    ['zig', 'zig'],
    ['vim', 'vim'],
    ['Vim Script', 'vim'],
    ['viml', 'vim'],
    ['bat', 'bat'],
    ['batchfile', 'bat'],
    ['rst', 'restructuredtext'],
    ['emacs_lisp', 'common-lisp'],
    ['typescriptreact', 'tsx'],
    ['shell-session', 'shell'],
    ['plpgsql', 'postgresql'],
    ['Protocol Buffer', 'protobuf'],
    ['starlark', 'python'],
    ['mermaid', 'mermaid'],
    ['CSV', 'csv'],
    ['nodejs', 'javascript'],
    ['hcl2', 'hcl'],
    ['gd', 'gdscript'],
    ['asm', 'gas'],
    ['htaccess', 'apache'],
    ['sqlite3', 'sqlite'],
    ['vuejs', 'vue'],
    ['neovim', 'vim'],
    ['git-diff', 'diff'],
  ])('finds %s as %s', (label, id) => expect(findLanguage(label)?.id).toBe(id));

  it.each(['', 'klingon', '__proto__', 'constructor'])('finds no language in %j', (label) =>
    expect(findLanguage(label)).toBeNull(),
  );

  it.each(VS_CODE_IDS.split(' '))('knows the identifier %s of VS Code', (id) =>
    expect(findLanguage(id)).not.toBeNull(),
  );

  it('finds every language by id and by name', () => {
    for (const language of languages) {
      expect(findLanguage(language.id)).toBe(language);
      expect(findLanguage(language.name.toUpperCase())).toBe(language);
    }
  });
});

describe('fileExtension', () => {
  it.each([
    ['typescript', 'ts'],
    ['text', 'txt'],
    ['python', 'py'],
    ['latex', 'tex'],
    ['dockerfile', 'dockerfile'],
    ['spreadsheet', 'txt'],
    ['unknown', 'txt'],
  ])('of %s is %s', (id, extension) => expect(fileExtension(id)).toBe(extension));
});

describe('languageName', () => {
  it('reads an unknown id as plain text', () => {
    expect(languageName('cpp')).toBe('C++');
    expect(languageName('unknown')).toBe('Plain text');
  });
});
