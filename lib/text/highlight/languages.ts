import { guessLanguage } from './guess-language';
import { type Language, language } from './language';
import { LANGUAGES_WITHOUT_GRAMMAR } from './languages-without-grammar';

/**
 * Every language of @codemirror/language-data, under the same names.
 * A table of its own, so that a list of languages costs the browser no editor.
 */
const LANGUAGES_WITH_GRAMMAR: readonly Language[] = [
  language('angular', 'Angular Template', 'html'),
  language('apl', 'APL', 'apl dyalog'),
  language('asn1', 'ASN.1', 'asn asn1'),
  language('asterisk', 'Asterisk', 'conf'),
  language('brainfuck', 'Brainfuck', 'bf b'),
  language('c', 'C', 'c h ino', 'arduino opencl'),
  language('csharp', 'C#', 'cs', 'cake'),
  language('cpp', 'C++', 'cpp c++ cc cxx hpp h++ hh hxx cu', 'cuda cuda-cpp metal'),
  language('clojure', 'Clojure', 'clj cljc cljx bb', 'clojure-repl'),
  language('clojurescript', 'ClojureScript', 'cljs'),
  language('gss', 'Closure Stylesheets (GSS)', 'gss'),
  language('cmake', 'CMake', 'cmake cmake.in'),
  language('cobol', 'Cobol', 'cob cpy'),
  language('coffeescript', 'CoffeeScript', 'coffee', 'coffee-script cson iced'),
  language('common-lisp', 'Common Lisp', 'lisp cl el', 'elisp emacs-lisp'),
  language('cql', 'CQL', 'cql', 'cassandra'),
  language('crystal', 'Crystal', 'cr'),
  language('css', 'CSS', 'css'),
  language('cypher', 'Cypher', 'cyp cypher'),
  language('cython', 'Cython', 'pyx pxd pxi', 'pyrex'),
  language('d', 'D', 'd', 'dlang'),
  language('dart', 'Dart', 'dart'),
  language('diff', 'diff', 'diff patch rej', 'udiff'),
  language('dockerfile', 'Dockerfile', 'dockerfile', 'docker containerfile'),
  language('dtd', 'DTD', 'dtd'),
  language('dylan', 'Dylan', 'dylan dyl intr'),
  language('ebnf', 'EBNF', 'ebnf'),
  language('ecl', 'ECL', 'ecl'),
  language('edn', 'edn', 'edn'),
  language('eiffel', 'Eiffel', 'e'),
  language('elm', 'Elm', 'elm'),
  language('erlang', 'Erlang', 'erl hrl', 'erlang-repl'),
  language('esper', 'Esper', 'epl'),
  language('fsharp', 'F#', 'fs'),
  language('factor', 'Factor', 'factor'),
  language('fcl', 'FCL', 'fcl'),
  language('forth', 'Forth', 'fth forth 4th'),
  language('fortran', 'Fortran', 'f90 f for f77 f95', 'fortran-free-form fortran-fixed-form f03 f08'),
  language('gas', 'Gas', 's', 'asm assembly x86asm armasm avrasm unix-assembly'),
  language('gherkin', 'Gherkin', 'feature', 'cucumber'),
  language('go', 'Go', 'go', 'golang'),
  language('groovy', 'Groovy', 'groovy gradle', 'nextflow-groovy'),
  language('haskell', 'Haskell', 'hs lhs'),
  language('haxe', 'Haxe', 'hx', 'hxsl'),
  language(
    'html',
    'HTML',
    'html htm handlebars hbs xhtml ejs erb svelte',
    'mustache html.handlebars htmlbars html+erb html+ruby rhtml angular-html',
  ),
  language('http', 'HTTP', 'http', 'https'),
  language('hxml', 'HXML', 'hxml'),
  language('idl', 'IDL', 'pro'),
  language('java', 'Java', 'java', 'jsp'),
  language('javascript', 'JavaScript', 'js mjs cjs es6', 'ecmascript node'),
  language('jinja', 'Jinja', 'j2 jinja jinja2', 'django html+django html+jinja htmldjango'),
  language(
    'json',
    'JSON',
    'json map jsonc json5 jsonl ndjson geojson webmanifest ipynb har',
    'json-object sarif topojson json-with-comments',
  ),
  language('json-ld', 'JSON-LD', 'jsonld'),
  language('jsx', 'JSX', 'jsx', 'javascriptreact react'),
  language('julia', 'Julia', 'jl'),
  language('kotlin', 'Kotlin', 'kt kts', 'ktm'),
  language('latex', 'LaTeX', 'tex text ltx bib', 'bibtex'),
  language('less', 'LESS', 'less', 'less-css lesscss'),
  language('liquid', 'Liquid', 'liquid'),
  language('livescript', 'LiveScript', 'ls', 'live-script'),
  language('lua', 'Lua', 'lua luau', 'pluto'),
  language('mariadb', 'MariaDB SQL', 'sql'),
  language('markdown', 'Markdown', 'md markdown mkd mdx', 'mkdown pandoc rmarkdown rmd quarto'),
  language('mathematica', 'Mathematica', 'wl m nb wls', 'mma wolfram wolfram-language'),
  language('mbox', 'Mbox', 'mbox', 'email eml'),
  language('mirc', 'mIRC', 'mrc'),
  language('modelica', 'Modelica', 'mo'),
  language('mssql', 'MS SQL', 'sql', 'tsql t-sql transact-sql'),
  language('mscgen', 'MscGen', 'mscgen mscin msc'),
  language('msgenny', 'MsGenny', 'msgenny'),
  language('mumps', 'MUMPS', 'mps'),
  language('mysql', 'MySQL', 'sql'),
  language('nginx', 'Nginx', 'conf', 'nginxconf'),
  language('nsis', 'NSIS', 'nsi nsh'),
  language('ntriples', 'NTriples', 'nt nq'),
  language('objective-c', 'Objective-C', 'm', 'objc objectivec obj-c'),
  language('objective-cpp', 'Objective-C++', 'mm', 'objc++ obj-c++ objectivec++ objectivecpp'),
  language('ocaml', 'OCaml', 'ml mli mll mly'),
  language('octave', 'Octave', 'm', 'matlab'),
  language('oz', 'Oz', 'oz'),
  language('pascal', 'Pascal', 'pas p', 'delphi objectpascal dpr dfm'),
  language('perl', 'Perl', 'pl pm t', 'cperl'),
  language('pgp', 'PGP', 'asc pgp sig', 'asciiarmor'),
  language('php', 'PHP', 'php php3 php4 php5 php7 phtml php8', 'php-template'),
  language('pig', 'Pig', 'pig'),
  language('plsql', 'PLSQL', 'pls pkb pks', 'pl/sql'),
  language(
    'postgresql',
    'PostgreSQL',
    'sql pgsql psql',
    'postgres plpgsql pl/pgsql pgplsql postgresql-console',
  ),
  language('powershell', 'PowerShell', 'ps1 psd1 psm1', 'pwsh posh'),
  language(
    'properties',
    'Properties files',
    'properties ini in cfg conf env service desktop editorconfig',
    'dotenv jproperties systemd gitconfig git-config editor-config',
  ),
  language('protobuf', 'ProtoBuf', 'proto', 'protocol-buffers protocol-buffer protocol-buffer-3 proto3'),
  language('pug', 'Pug', 'pug jade'),
  language('puppet', 'Puppet', 'pp'),
  language(
    'python',
    'Python',
    'py build bzl pyw pyi',
    'python3 py3 ipython starlark bazel gyp sage pycon python-console python-repl',
  ),
  language('q', 'Q', 'q', 'kdb'),
  language('r', 'R', 'r', 'rscript splus'),
  language('rpm-changes', 'RPM Changes', 'changes'),
  language('rpm-spec', 'RPM Spec', 'spec', 'rpmspec specfile'),
  language('ruby', 'Ruby', 'rb rake gemspec podspec ru', 'jruby macruby rbx irb thor'),
  language('rust', 'Rust', 'rs'),
  language('sas', 'SAS', 'sas'),
  language('sass', 'Sass', 'sass'),
  language('scala', 'Scala', 'scala sbt sc'),
  language('scheme', 'Scheme', 'scm ss'),
  language('scss', 'SCSS', 'scss'),
  language(
    'shell',
    'Shell',
    'sh ksh bash zsh fish',
    'console shellscript shell-script shellsession shell-session sh-session bash-session openrc csh tcsh ash dash',
  ),
  language('sieve', 'Sieve', 'sieve siv'),
  language('smalltalk', 'Smalltalk', 'st', 'squeak'),
  language('sml', 'SML', 'sml sig fun smackspec', 'standard-ml'),
  language('solr', 'Solr', 'solr'),
  language('sparql', 'SPARQL', 'sparql rq', 'sparul'),
  language('spreadsheet', 'Spreadsheet', '', 'excel formula'),
  language(
    'sql',
    'SQL',
    'sql',
    'bigquery snowflake redshift duckdb hiveql sparksql clickhouse trino oracle n1ql',
  ),
  language('sqlite', 'SQLite', 'sql'),
  language('squirrel', 'Squirrel', 'nut'),
  language('stex', 'sTeX', 'sty cls'),
  language('stylus', 'Stylus', 'styl'),
  language('swift', 'Swift', 'swift'),
  language('systemverilog', 'SystemVerilog', 'sv v svh', 'system-verilog'),
  language('tcl', 'Tcl', 'tcl', 'tk'),
  language('textile', 'Textile', 'textile'),
  language('tiddlywiki', 'TiddlyWiki', 'tid'),
  language('tiki-wiki', 'Tiki wiki', 'tiki'),
  language('toml', 'TOML', 'toml'),
  language('troff', 'Troff', '1 2 3 4 5 6 7 8 9', 'groff man manpage roff nroff'),
  language('tsx', 'TSX', 'tsx', 'typescriptreact'),
  language('ttcn', 'TTCN', 'ttcn ttcn3 ttcnpp'),
  language('ttcn-cfg', 'TTCN_CFG', 'cfg'),
  language('turtle', 'Turtle', 'ttl'),
  language('typescript', 'TypeScript', 'ts mts cts', 'angular-ts'),
  language('vbnet', 'VB.NET', 'vb', 'vb6 vba visual-basic visualbasic'),
  language('vbscript', 'VBScript', 'vbs'),
  language('velocity', 'Velocity', 'vtl', 'velocity-template-language'),
  language('verilog', 'Verilog', 'v'),
  language('vhdl', 'VHDL', 'vhd vhdl'),
  language('vue', 'Vue', 'vue', 'vue-html vue-vine'),
  language('web-idl', 'Web IDL', 'webidl'),
  language('webassembly', 'WebAssembly', 'wat wast', 'wasm'),
  language('xml', 'XML', 'xml xsl xsd svg xslt plist csproj xaml rss atom wsdl'),
  language('xquery', 'XQuery', 'xq xy xquery xqm xqy', 'xpath'),
  language('xu', 'Xù', 'xu'),
  language('yacas', 'Yacas', 'ys'),
  language('yaml', 'YAML', 'yaml yml', 'docker-compose dockercompose github-actions-workflow ansible helm'),
  language('z80', 'Z80', 'z80'),
];

/** The id of the language of a text in none. */
export const PLAIN_TEXT = 'text';

/** Plain text, then every language by name, with or without a grammar. */
export const languages: readonly Language[] = [
  language(PLAIN_TEXT, 'Plain text', 'txt text log', 'plain plaintext none plain-text text-only ansi'),
  ...[...LANGUAGES_WITH_GRAMMAR, ...LANGUAGES_WITHOUT_GRAMMAR].sort((one, other) =>
    one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1,
  ),
];

const extensionOwners: ReadonlyMap<string, string> = new Map([
  ['cfg', 'properties'],
  ['conf', 'properties'],
  ['html', 'html'],
  ['m', 'objective-c'],
  ['sig', 'pgp'],
  ['sql', 'sql'],
  ['text', PLAIN_TEXT],
  ['v', 'verilog'],
]);

const fileNames: readonly (readonly [pattern: RegExp, id: string])[] = [
  [/^(dockerfile|containerfile)(\.[\w-]+)?$/i, 'dockerfile'],
  [/^cmakelists\.txt$/i, 'cmake'],
  [/^extensions\.conf$/i, 'asterisk'],
  [/^(gnumakefile|makefile)(\.[\w-]+)?$/i, 'makefile'],
  [/^meson(\.build|_options\.txt)$/i, 'meson'],
  [/^caddyfile$/i, 'caddyfile'],
  [/^\.?justfile$/i, 'just'],
  [/^procfile$/i, 'procfile'],
  [/^codeowners$/i, 'codeowners'],
  [/^haproxy.*\.cfg$/i, 'haproxy'],
  [/^go\.(mod|work)$/i, 'go-mod'],
  [/^\.?g?vimrc$/i, 'vim'],
  [/^crontab$/i, 'crontab'],
  [/^sshd?_config$/i, 'ssh-config'],
  [/nginx.*\.conf$/i, 'nginx'],
  [/^jenkinsfile$/i, 'groovy'],
  [/^(gemfile|rakefile|vagrantfile|podfile|brewfile|guardfile|fastfile)$/i, 'ruby'],
  [/^(buck|build|workspace|sconstruct|sconscript|snakefile)$/i, 'python'],
  [
    /^(pkgbuild|\.?(bash|zsh|ksh)(rc|_profile|_aliases|_login|_logout|_history|env)|\.(profile|envrc))$/i,
    'shell',
  ],
  [/^\.(babelrc|eslintrc|prettierrc|swcrc|jshintrc|watchmanconfig)$/i, 'json'],
  [/^(composer|flake)\.lock$/i, 'json'],
  [/^(cargo|poetry|uv)\.lock$/i, 'toml'],
  [
    /^(\.(npmrc|gitconfig|gitmodules|editorconfig|pylintrc|flake8)|\.env(\.[\w-]+)?|pip\.conf)$/i,
    'properties',
  ],
  [/^\.(clang-format|clang-tidy)$/i, 'yaml'],
  [/^\.emacs$/i, 'common-lisp'],
];

const interpreters: readonly (readonly [pattern: RegExp, id: string])[] = [
  [/^(ba|z|da|k|a|fi)?sh$/, 'shell'],
  [/^(node|nodejs|qjs|bun)$/, 'javascript'],
  [/^(deno|tsx|ts-node)$/, 'typescript'],
  [/^(python|pypy)[\d.]*$/, 'python'],
  [/^(ruby|jruby)[\d.]*$/, 'ruby'],
  [/^perl[\d.]*$/, 'perl'],
  [/^php[\d.]*$/, 'php'],
  [/^(lua|luajit)[\d.]*$/, 'lua'],
  [/^(pwsh|powershell)$/, 'powershell'],
  [/^Rscript$/, 'r'],
  [/^(tclsh|wish|expect)[\d.]*$/, 'tcl'],
  [/^(guile|scheme)$/, 'scheme'],
  [/^racket$/, 'racket'],
  [/^(sbcl|clisp)$/, 'common-lisp'],
  [/^(runhaskell|runghc|stack)$/, 'haskell'],
  [/^[gmn]?awk$/, 'awk'],
  [/^elixir$/, 'elixir'],
  [/^g?make$/, 'makefile'],
  [/^nu$/, 'nu'],
];

const byId: ReadonlyMap<string, Language> = new Map(languages.map((entry) => [entry.id, entry]));
const byExtension = indexExtensions();
const byLabel = indexLabels();

function indexExtensions(): ReadonlyMap<string, Language> {
  const index = new Map<string, Language>();
  for (const entry of languages) {
    for (const extension of entry.extensions) {
      const owner = extensionOwners.get(extension) ?? entry.id;
      if (owner === entry.id) index.set(extension, entry);
    }
  }
  return index;
}

function indexLabels(): ReadonlyMap<string, Language> {
  const index = new Map<string, Language>(byExtension);
  for (const entry of languages) for (const alias of entry.aliases) index.set(alias, entry);
  for (const entry of languages) {
    index.set(hyphenated(entry.name), entry);
    index.set(entry.name.toLowerCase(), entry);
  }
  for (const entry of languages) index.set(entry.id, entry);
  return index;
}

/** By id, name, alias or extension, in any case: `ts`, `C++`, `yml`, `Vim script`, `vim_script`. */
export function findLanguage(label: string): Language | null {
  return byLabel.get(label.trim().toLowerCase()) ?? byLabel.get(hyphenated(label.trim())) ?? null;
}

function hyphenated(label: string): string {
  return label.toLowerCase().replace(/[\s_]/g, '-');
}

/** By whole name (`Dockerfile`, `.bashrc`) or extension; a path may come before it. */
export function languageForFileName(name: string): string | null {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  if (base.length > 255) return null;
  const named = fileNames.find(([pattern]) => pattern.test(base));
  if (named) return named[1];
  const parts = base.toLowerCase().split('.');
  for (let from = Math.max(1, parts.length - 2); from < parts.length; from++) {
    const found = byExtension.get(parts.slice(from).join('.'));
    if (found) return found.id;
  }
  return null;
}

/**
 * The language that a file is shown in. Tables were stored as plain text before they had languages of their own, so the
 * name of one that still is decides.
 */
export function shownLanguage({
  name,
  language: stored,
}: {
  readonly name: string;
  readonly language: string;
}): string {
  if (stored !== PLAIN_TEXT) return stored;
  const named = languageForFileName(name.trim());
  return named === 'csv' || named === 'tsv' ? named : stored;
}

/** The language id of a file: by its name, then by the text's first line, else plain text. */
export function detectLanguage({ name, text }: { name?: string | null | undefined; text: string }): string {
  const named = name ? languageForFileName(name) : null;
  return named ?? languageForShebang(text.slice(0, 1024)) ?? guessLanguage(text) ?? PLAIN_TEXT;
}

function languageForShebang(head: string): string | null {
  const line = /^\uFEFF?#![ \t]*([^\r\n]*)/.exec(head)?.[1];
  if (line === undefined) return null;
  const [command = '', ...rest] = line.split(/[ \t]+/).map((word) => word.slice(word.lastIndexOf('/') + 1));
  const program = command === 'env' ? rest.find((word) => !/^-|=/.test(word)) : command;
  if (program === undefined) return null;
  const found = interpreters.find(([pattern]) => pattern.test(program));
  return found?.[1] ?? byId.get(program)?.id ?? null;
}

/** The name to show for a language id; an unknown id reads as plain text. */
export function languageName(id: string): string {
  return (byId.get(id) ?? byId.get(PLAIN_TEXT))?.name ?? id;
}

/** The extension, without the dot, that a download in this language gets. */
export function fileExtension(id: string): string {
  return byId.get(id)?.extensions[0] ?? 'txt';
}
