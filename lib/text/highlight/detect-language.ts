import { guessLanguage } from './guess-language';
import { languagesByExtension, languagesById, PLAIN_TEXT } from './languages';

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
  [/^go\.(mod|sum|work(\.sum)?)$/i, 'go-mod'],
  [/^[._]?g?vimrc$/i, 'vim'],
  [/^crontab$/i, 'crontab'],
  [/^sshd?_config$/i, 'ssh-config'],
  [/nginx.*\.conf$/i, 'nginx'],
  [/^(\.htaccess|(httpd|apache2)\.conf)$/i, 'apache'],
  [/^\.[\w-]+ignore$/i, 'ignore'],
  [/^(COMMIT_EDITMSG|MERGE_MSG|TAG_EDITMSG)$/, 'git-commit'],
  [/^git-rebase-todo$/, 'git-rebase'],
  [/^rebar\.config$/i, 'erlang'],
  [/^\.rprofile$/i, 'r'],
  [/^\.?latexmkrc$/i, 'perl'],
  [/^\.luacheckrc$/i, 'lua'],
  [/^jenkinsfile$/i, 'groovy'],
  [/^((gem|rake|vagrant|pod|brew|guard|fast|thor|cap|berks|puppet|danger)file|\.(irb|pry)rc)$/i, 'ruby'],
  [/^(buck|build|workspace|sconstruct|sconscript|snakefile|tiltfile|wscript)$/i, 'python'],
  [
    /^((apk|pkg)build|\.?(bash|zsh|ksh|t?csh)(rc|_profile|_aliases|_login|_logout|_history|env)|\.(z?profile|envrc|x(initrc|profile)))$/i,
    'shell',
  ],
  [
    /^\.((babel|eslint|prettier|stylelint|bower|lintstaged|mocha|nyc|release|commitlint|swc|jshint)rc|watchmanconfig)$/i,
    'json',
  ],
  [/^((composer|flake|pipfile|bun|deno)\.lock|package\.resolved)$/i, 'json'],
  [/^((cargo|poetry|uv|pdm)\.lock|pipfile)$/i, 'toml'],
  [/^(yarn|pubspec|podfile)\.lock$/i, 'yaml'],
  [
    /^(\.(npmrc|gitconfig|gitmodules|editorconfig|pylintrc|flake8|coveragerc|pypirc|flaskenv)|\.env(\.[\w-]+)?|pip\.conf)$/i,
    'properties',
  ],
  [/^\.(clang-format|clang-tidy|clangd|gemrc)$/i, 'yaml'],
  [/^project\.godot$/i, 'gdresource'],
  [/^\.(spac)?emacs$/i, 'common-lisp'],
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

/** By whole name (`Dockerfile`, `.bashrc`) or extension; a path may come before it. */
export function languageForFileName(name: string): string | null {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  if (base.length > 255) return null;
  const named = fileNames.find(([pattern]) => pattern.test(base));
  if (named) return named[1];
  const parts = base.toLowerCase().split('.');
  for (let from = Math.max(1, parts.length - 2); from < parts.length; from++) {
    const found = languagesByExtension.get(parts.slice(from).join('.'));
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
  return found?.[1] ?? languagesById.get(program)?.id ?? null;
}
