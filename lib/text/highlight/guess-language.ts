const READ_CHARACTERS = 4_096;
const LONGEST_LINE = 200;
const ENOUGH = 3;
const CERTAIN = 9;

/** Patterns, each after the weight that it adds to a language when it matches: `[3, /a/, /b/, 1, /c/]`. */
type Signs = readonly (number | RegExp)[];

// A text is of a language when its signs add up to ENOUGH. They see neither comments nor empty lines, and no line
// is longer than LONGEST_LINE: so no pattern runs long, and \s at the beginning of a line stays on it.
const SIGNS: Readonly<Record<string, Signs>> = {
  bat: [4, /^@?echo off$/im, 2, /%\w+%/, /^(goto |set \/[ap] |if (not )?exist )/im],
  c: [
    3,
    /^#include [<"].+\.h[>"]|^typedef |struct \w+ \*|const char \*|digitalWrite\(/m,
    2,
    /^#(define|ifn?def) \w/m,
    /^(static |const |unsigned )*(int|void|char|double|bool|\w+_t) \*?\w+\(/m,
    1,
    /\b(printf|malloc|sizeof|strcmp|free)\(|\w->\w|\bNULL\b/,
  ],
  clojure: [4, /^\((ns|defn-?|defmacro) /m],
  cmake: [4, /^\s*(cmake_minimum_required|add_executable|add_library|target_\w+|find_package|endif)\(/im],
  'common-lisp': [4, /^\((defun|defvar|defparameter|setq|require '|use-package) ?/m],
  csharp: [
    3,
    /^using (System|Microsoft|UnityEngine)\b|\{ get; |Console\.Write|foreach \(var /m,
    2,
    /\b(public|private|protected|internal) (static )?(async|readonly|override|record|string|bool)\b/,
    /^namespace [\w.]+;?$|^\s*\[[A-Z]\w+(\(.*\))?\]$/m,
    1,
    /\bvar \w+ = (await |new )|public (class|void) \w/,
  ],
  css: [
    3,
    /^\s*[.#:*@]?[\w-][^;{}=()\n]*(:[\w-]+(\(.*\))?)? ?\{\n?\s*[a-z-]+:\s?[^;{}\n]+[;}]/m,
    2,
    /^@(media|font-face|keyframes)\b|^:root \{|var\(--/m,
  ],
  dart: [4, /^import '(package|dart):|Widget build\(/m],
  diff: [9, /^(diff --git a\/|--- \S.*\n\+\+\+ \S|@@ -\d+(,\d+)? \+\d+(,\d+)? @@)/m],
  dockerfile: [
    2,
    /^FROM [\w./:${}@-]+( AS [\w-]+)?$/im,
    /^(RUN|COPY|ENTRYPOINT|CMD|WORKDIR|EXPOSE) \S/m,
    1,
    /^(ENV|ADD|USER|ARG) \S/m,
  ],
  elixir: [4, /^\s*defmodule [\w.]+ do$/m, 3, /^\|> [A-Z]\w+\./m],
  erlang: [4, /^-(module|export|behaviou?r)\(/m],
  gherkin: [5, /^\s*(Feature|Scenario): .*\n\s*(Scenario|Background|Given|As an?) ?/m],
  go: [
    3,
    /^func \(\w+ \*?[A-Z]\w*\) \w+\(|\berr != nil\b|\bfmt\.[A-Z]|^type \w+ (struct|interface) \{/m,
    2,
    /^package \w+$/m,
    /^import (\(|"[\w/.-]+")$|^func \w+\(.*\) ?[\w*.()[\], ]*\{/m,
    /^\s*defer \w|\bgo func\(|\bchan \w|\*testing\.T|\bmap\[string\]/m,
    1,
    /^\s*(if |for )?\w+(, \w+)* := /m,
  ],
  graphql: [4, /^((query|mutation|fragment) .*|(type|input) \w+( implements .*)?) \{$/m],
  groovy: [4, /^pipeline \{|^\s*stage\(['"]|^\s*(testI|i)mplementation ['"]|^\s*def \w+ = /m],
  haskell: [3, /^[a-z]\w* :: .+|^module [A-Z].*(\(|where)$|^import qualified /m],
  hcl: [4, /^(resource|variable|provider|module|output|data|locals|terraform)( "[\w-]+")* \{$/m],
  html: [10, /^(<\?xml .*\n)?<(!doctype html|html[\s>])/i],
  http: [9, /^([A-Z]{3,7} \/\S* HTTP\/\d|HTTP\/\d(\.\d)? \d{3})/],
  java: [
    3,
    /^import (static )?(javax?|org|com)\.[\w.*]+;|System\.out\.|public static void main\(String/m,
    2,
    /public (final |abstract )*(class|interface|enum|record) \w/,
    /^\s*@(Override|Test|Autowired|Entity|Service|\w+Mapping)\b|\) throws \w|private final \w/m,
    /String \w+ ?[=;]|\b(private|public) \w.* \w+\(.*\) \{$/m,
    1,
    /^package [\w.]+;|\b(List|Map|Set)<\w+/m,
  ],
  javascript: [
    3,
    /^\s*(import|export) .*\bfrom ['"]|require\(['"][^'"]+['"]\);?$/m,
    /console\.(log|error|warn)\(|module\.exports\b|document\.(get|query|create|add)|addEventListener\(|\$\((document|this|'[#.])/,
    2,
    /^\s*export (default|async|const|function|class) /m,
    /^\s*const ([\w$]+|[{[][^=]*[}\]]) = /m,
    /function ?\w*\([^$)]*\) ?\{|\) => \{|\b\w+ => \w|=== /,
    1,
    /^\s*(let|var) [\w$]+( =|;)/m,
    /\b(typeof|undefined|await|this\.)\b/,
  ],
  kotlin: [
    3,
    /^\s*(\w+ ){0,3}fun (<.*> )?[\w.<>?]+\(/m,
    /\b(data class|lateinit var|companion object|sealed (class|interface))\b|^\s*(implementation|api|kotlin)\("/m,
    1,
    /\bval \w+/,
  ],
  latex: [4, /^\s*\\(documentclass|usepackage)[[{]|^\s*\\begin\{\w/m],
  lua: [
    3,
    /^\s*local (function [\w.:]+\(|[\w, ]+ = )/m,
    /^\s*function \w+[.:]\w+\(.*\)$|\bi?pairs\(|^vim\.(opt|g|api|keymap)\./m,
    1,
    /^\s*(else)?if .* then$/m,
    /^\s*end[,)]*$/m,
  ],
  makefile: [2, /^[\w.%/ $()-]+:[^=\n]*\n\t\S/m, /^\.PHONY:|\$[(@<^]/m],
  mbox: [
    9,
    /^(?=[\s\S]*\bFrom: )(Return-Path|Received|From|To|Delivered-To|Date|Subject): .*\n((\s|[A-Z][\w-]+: ).*\n){2}/,
  ],
  nginx: [
    2,
    /^\s*(server|location .*|upstream \S+|http) ?\{$/m,
    /^\s*(listen|proxy_pass|server_name|root|return|add_header) [^=({]*;$/m,
  ],
  'objective-c': [4, /^@(interface|implementation|property|protocol)\b|^#import [<"]/m],
  perl: [
    3,
    /^use (strict|warnings)\b/m,
    /\b(my|our) [$@%(]/,
    2,
    /^sub \w/m,
    /=~|\bqw[(/]|\$_\b|@_\b|\bor die\b/,
  ],
  pgp: [9, /^-----BEGIN PGP/],
  php: [
    9,
    /^\s*<\?php\b|<\?= .*\?>/m,
    3,
    /\$this->\w|\$_[A-Z]{3}|^(use|namespace) \w+\\.*;/m,
    /function \w*\((\??\w+ )?\$\w|foreach \(\$/,
    2,
    /\$\w+->\w+\(/,
    /^\s*\$\w+ = .*;$/m,
  ],
  powershell: [
    3,
    /(^|[\s|(;])(Get|Set|New|Remove|Import|Write|Add|Where|ForEach|Select|Invoke)-(?!Cookie)[A-Z]\w+/m,
    1,
    /^\s*\$\w+ = [^;]*$/m,
    / -(eq|ne|lt|gt|like|not) |\$_\.\w/,
  ],
  protobuf: [4, /^syntax = "proto|^message \w+ \{/m],
  python: [
    3,
    /^\s*(async )?def \w+\(.*\).*:$|^\s*class \w+(\(.*\))?:$|^if __name__ == |^>>> /m,
    /^from [\w.]+ import |^import \w[\w.]* as \w+$/m,
    2,
    /^\s*(if|elif|for|while|with|try|except|else|finally)\b.*:$/m,
    1,
    /^import \w[\w.]*(, \w+)*$/m,
    /\bself\.\w|\b(None|True|False)\b/,
    /print\(|\blen\(|\bin range\(/,
  ],
  r: [3, /^\s*[\w.$]+ <- (function\(|\w+)/m, /^library\(\w+\)/m],
  ruby: [
    3,
    /^require(_relative)? ['"]|^\s*(attr_\w+|has_many|belongs_to|validates|scope) :|^\s*gem '/m,
    2,
    /^\s*def (self\.)?\w+[?!]?(\([^:{]*\))?$/m,
    /^\s*(class|module) [A-Z]\w*( < [\w:]+)?$|\.(each|map|select|times)( do|\s?\{ ?\|)/m,
    /\bdo \|.*\|$|^\s*(describe|it|context) .* do$/m,
    1,
    /^\s*end$/m,
    /^\s*puts |^\s*@\w+ /m,
  ],
  rust: [
    3,
    /^\s*#!?\[(derive|cfg|test|tokio|allow)|\blet mut \w|\b(println|format|vec|panic|assert(_eq)?)![([]/m,
    /^use \w+::[\w:{}, *]+;/m,
    2,
    /^\s*(pub )?(async )?fn \w+(<.*>)?\(/m,
    /^\s*impl(<.*>)? \w.*\{$|-> (Result|Option|Self)\b|&(mut |str\b|self\b|'\w)/m,
    1,
    /\b(Some|Ok)\(|\?;$/m,
  ],
  scala: [
    3,
    /^\s*(case |sealed )?(object|trait) \w+.*( extends |\{)|\bcase class \w/m,
    /^\s*(override )?def \w+.*: [A-Z][\w[\], ]*( =.*|)$/m,
    1,
    /\bval \w+/,
  ],
  shell: [
    4,
    /^(\[?[\w-]+@[\w.-]+[: ][^$#%\n]*[$#]|\$) [\w./]/m,
    3,
    /^\s*if \[+ |^export \w+=|; (then|do)$|^set -[eux]| \| (grep|sort|head|jq|awk|sed|xargs|wc|tail|sh)\b/m,
    2,
    /^\s*(fi|done|esac)(;| <|$)/m,
    /^\s*(sudo|apt|cd|mkdir|chmod|curl|wget|npm|git|docker|source|tar|pip|alias) [^=:]/m,
    1,
    /^\s*(echo|rm|cp|mv|cat|find|make|exit|ls) |^\w+\(\) ?\{$/m,
    /"\$\w+"|\$\(\w|\$\{\w|\$[\d@*?]/,
    / && |2>&1|>\s?\/dev\/null|<<-?['"]?EOF| \\$/m,
  ],
  sql: [
    5,
    /^\s*(create (or replace |unique )*(table|index|view|function|trigger) (if not exists )?\S+ ?(\(|as|on|before|after|$)|insert into \S+ ?(\(|values|select|$)|(alter|drop) table |delete from \S+( where|;|$)|update \w+ set|with \w+ as \()/im,
    3,
    /^select .* from \w/im,
    2,
    /^select\b/im,
    /^\s*from [\w."]+(\s(?!import)|[,;]|$)/im,
    1,
    /^(where|set|values|group by|order by)\b/im,
    /;$/m,
  ],
  swift: [
    3,
    /^import (Foundation|\w+UI|UIKit|XCTest)$|\bsome View\b|guard .* else \{/m,
    2,
    /\bfunc \w+.*\) (throws )?-> |\bfunc \w+\(\w+ \w+: |\bif let \w+ = |\\\(\w/,
    1,
    /^\s*(let|var) \w+: \[?[A-Z]|^\s*extension \w/m,
    /^\s*(struct|class|enum|extension) \w+: [A-Z]/m,
  ],
  vbnet: [4, /^\s*(End (Sub|Function|If)|Dim \w+ As \w+)$/m],
  xml: [9, /^<\?xml /],
};

// Supersets: their signs count for the language on the left too, and these decide which of them it is.
const DIALECTS: Readonly<Record<string, Readonly<Record<string, Signs>>>> = {
  c: {
    cpp: [
      3,
      /^#include <\w+>|^using namespace |^template ?</m,
      /^(?!use ).*\bstd::[a-z_]+\b(?!::)/m,
      2,
      /^(public|private|protected):$|^\w[\w<>:*& ]* ~?\w+::~?\w+\(/m,
      /const [\w:]+(<.*>)?& ?\w|\bauto&? ?\w+ [=:]|\bcout ?<</,
    ],
  },
  css: {
    scss: [3, /^\s*\$[\w-]+:\s|^\s*@(mixin|include|use|extend|if|each) |^\s+&[:.\w-]/m],
  },
  javascript: {
    typescript: [
      3,
      /[\w)\]}]\??: (readonly )?(string|number|boolean|void|unknown|any|Promise<.*)(\[\])*( [=|{&]|[;,)>])/,
      /^export (declare|interface|enum|type) |^declare |^import type |\bas const\b/m,
      2,
      /^\s*(interface|enum) \w+(<.*>)?( extends .*)? \{/m,
      /^\s*type \w+(<.*>)? = |^\s*(private|public) (readonly )?(async )?\w+( = |\(|: )/m,
      /\): [A-Z]\w*(<.*>)?(\[\])? (=>|\{)|\b(const|let) \w+: [A-Z]/,
    ],
    jsx: [3, /<[A-Za-z][\w.]*( [^<>]*)? \w+=\{|<[\w.]+ className=|<>$|>\{[\w.]+\}</m],
  },
};

// More than ENOUGH is needed: no sign alone makes it certain, nor what comments and other markup have too.
const MARKDOWN_SIGNS: Signs = [
  -9,
  /^\n*(r?"{3}|r?'{3}|=begin|\(\*|\{-)/,
  -3,
  /^(\.\. \w|={1,5} \S|\[source|h\d\. |#\+\w)|::$|`_|``\w/m,
  3,
  /^\|.+\|\n\|?\s*:?-{2,}:?\s*\|/m,
  2,
  /\n\n#{2,6} [^\s#].*\n\n/,
  /(^|[\s(*!])\[[^\]\n]+\]\((https?:|\/|\.|#|[\w-]+[./])[^)\n]*\)/m,
  /^[ \t]*[-*] \[[ x]\] \S/m,
  1,
  /\n\n# [^\s#*-].*\n\n/,
  /(^|[\s(])\*\*[^*\s][^*\n]*\*\*(?=$|[\s).,:;!?])/m,
  /(^|[\s(])`[^`\n]+`/m,
  /\n\n\S.*\n(=+|-{3,})\n/,
  /^[-*+] \S.*\n[-*+] \S/m,
];

const COMMENT = /^\s*(#(\s|#|$)|\/\/|--(\s|$)|;|\*(\s|\/|$)|%\s|"\s|<!--.*-->$)/;
const LOG =
  /^\s*(\[?(\d{4}-\d\d-\d\d[T ])?\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d|\d+(\.\d+){3}\s|at .+[):]|from \S+:\d+:in |File ".*", line \d|\S+:\d+:\d+: )/i;
const FAILURE = /^(Traceback \(|Exception in |Unhandled |panic: |thread '|\w*(Error|Exception): )/;
const SENTENCE = /^\W*(["'«]?\p{L}[\p{L}'’-]*["'»]?[,.:;!?]? ){5}/u;
const HTML_TAG =
  /^<(a|body|button|div|form|h\d|head(er)?|iframe|img|link|main|meta|nav|p|script|section|span|style|table|ul)[\s>]/i;

/**
 * The language that the beginning of a text looks like, or null for prose, logs, stack traces and when nothing
 * stands out. Markdown only when it is certain. Looks at the first 4,096 characters.
 */
export function guessLanguage(text: string): string | null {
  const { code, outside, hasFence } = readBeginning(text);
  const source = code.join('\n').trimStart();
  if (looksLikeJson(source, text)) return 'json';
  const [language, score] = guessBySigns(source);
  if (score >= CERTAIN) return language;
  const share = (pattern: RegExp) => code.filter((line) => pattern.test(line)).length / code.length;
  const isProse = share(SENTENCE) > 0.3;
  const data = guessData(code.filter((line) => !/^\s*#/.test(line)));
  if (data) return data;
  if (score < ENOUGH || isProse || language === 'html') {
    if (weigh(MARKDOWN_SIGNS, `\n\n${outside.join('\n')}\n\n`) + (hasFence ? 3 : 0) > ENOUGH)
      return 'markdown';
  }
  if (FAILURE.test(source) || share(LOG) > 0.3) return null;
  return score >= (isProse ? 5 : ENOUGH) ? language : null;
}

/** The first lines: what stands outside of Markdown's fences, and what of it is neither empty nor a comment. */
function readBeginning(text: string): { code: string[]; outside: string[]; hasFence: boolean } {
  const lines = text.slice(0, READ_CHARACTERS).replace('\uFEFF', '').split('\n');
  if (text.length > READ_CHARACTERS && lines.length > 1) lines.pop();
  const code: string[] = [];
  const outside: string[] = [];
  let hasFence = false;
  let isFenced = false;
  let isComment = false;
  for (const whole of lines) {
    const line = whole.slice(0, LONGEST_LINE).trimEnd();
    if (!line && !outside.at(-1)) continue;
    if (/^(```|~~~)/.test(line)) {
      isFenced = !isFenced;
      hasFence ||= /^```\w/.test(line);
    } else if (!isFenced) {
      if (/^\s*(\/\*|<!--)/.test(line)) isComment = true;
      if (!isComment) outside.push(line.startsWith('#') ? line.replace(/[[*`]/g, '') : line);
      if (line && !isComment && !COMMENT.test(line)) code.push(line);
      if (/\*\/|-->/.test(line)) isComment = false;
    }
  }
  return { code, outside, hasFence };
}

function guessBySigns(source: string): [language: string | null, score: number] {
  const markup = guessMarkup(source);
  let best: string | null = markup;
  let bestScore = markup ? 5 : 0;
  for (const [base, signs] of Object.entries(SIGNS)) {
    let score = weigh(signs, source);
    let language = base;
    for (const [dialect, own] of Object.entries(DIALECTS[base] ?? {})) {
      const more = weigh(own, source);
      score += more;
      if (more > 1) language = language === 'typescript' ? 'tsx' : dialect;
    }
    if (markup && score < CERTAIN) continue;
    if (score === bestScore) best = null;
    if (score > bestScore) [best, bestScore] = [language, score];
  }
  return [best, bestScore];
}

function weigh(signs: Signs, source: string): number {
  let weight = 0;
  let sum = 0;
  for (const sign of signs) {
    if (typeof sign === 'number') weight = sign;
    else if (sign.test(source)) sum += weight;
  }
  return sum;
}

function looksLikeJson(source: string, text: string): boolean {
  if (/^(\{|\[\s*\{)\s*"[^"\n]*"\s*:|^\[\s*"[^"\n]*",/.test(source))
    return !/: (None|True|False)\b/.test(source);
  if (!/^[{[]/.test(source) || text.length > READ_CHARACTERS) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function guessMarkup(source: string): string | null {
  if (!/^<[\w:.-]+[\s>/][\s\S]*(<\/\w|\/>)/.test(source) || /=\{\w|^<[A-Z]\w+ [^=]*>/m.test(source))
    return null;
  if (/^<template>/m.test(source)) return 'vue';
  return HTML_TAG.test(source) ? 'html' : 'xml';
}

const PAIR = /^\s*[\w.\-/*@:[\]"%]+\s*=\s*([^=>~\s].*|)$/;
const SECTION = /^\[.+\]$/;
const YAML_LINE = /^\s*(- )*("[^"]*"|'[^']*'|[\w.$/{}-]+):( \S.*)?$|^\s*- |^---$/;

function guessData(code: readonly string[]): string | null {
  const pairs = code.filter((line) => PAIR.test(line));
  const keys = new Set(pairs.map((line) => line.slice(0, line.indexOf('=')).trim()));
  const values = pairs.map((line) => line.slice(line.indexOf('=') + 1).trim());
  const sections = code.filter((line) => SECTION.test(line)).length;
  const others = code.length - values.length - sections;
  if (values.length > 0 && values.length + sections > 2) {
    const items = code.filter((line) => /^\s+["'{\d].*,?$|^\s*\]$/.test(line)).length;
    const isToml = values.every((value) => /^(["'[{\d-]|(true|false)$)/.test(value));
    if (isToml && others <= items && values.some((value) => /^["'[{]/.test(value))) return 'toml';
    const isCode = keys.size < pairs.length || values.some((value) => /[({;]$|\w\(|^\[|\$\w/.test(value));
    if (sections > 0 ? others <= code.length / 5 : others <= code.length / 10 && !isCode) return 'properties';
  }
  return looksLikeYaml(code) ? 'yaml' : null;
}

function looksLikeYaml(code: readonly string[]): boolean {
  let bad = 0;
  let isNested = code[0] === '---' && code.length > 1;
  let scalar = -1;
  const keys = new Set<string>();
  code.forEach((line, index) => {
    const indent = line.search(/\S/);
    if (scalar >= 0 && indent > scalar) return;
    scalar = /[:-] [|>][+-]?$/.test(line) ? indent : -1;
    if (!YAML_LINE.test(line) || /[;,]$|[^:]\s\{$|:\s{3,}\S/.test(line)) bad++;
    const next = code[index + 1] ?? '';
    if (YAML_LINE.test(next) && /^\s*(- \S+|[^\s:]+): ?/.test(line)) {
      const deeper = next.search(/\S/) - indent;
      const isList = /^\s*- /.test(next) && !/^[A-Z]/.test(line);
      if (line.endsWith(':') ? isList || (deeper > 0 && !/^\s*- /.test(next)) : deeper === 2) isNested = true;
    }
    const key = /^([a-z][\w.-]*): \S/.exec(line)?.[1];
    if (key) keys.add(key);
  });
  return bad <= code.length / 10 && (isNested || (code.length > 2 && keys.size === code.length));
}
