const READ_CHARACTERS = 4_096;
const ENOUGH = 3;

interface Sign {
  pattern: RegExp;
  weight: number;
}

const sign = (weight: number, pattern: RegExp): Sign => ({ weight, pattern });

const JAVASCRIPT_SIGNS: readonly Sign[] = [
  sign(1, /^[ \t]*(const|let|var) [\w{[][^\n]* = /m),
  sign(1, /=>\s*[{(\w]/),
  sign(2, /^(export |module\.exports|import [\w{*].* from ['"])/m),
  sign(1, /\bfunction[ \t]{0,4}\w{0,64}[ \t]{0,4}\(/),
  sign(2, /\b(console\.log|require|document\.\w+)\(/),
];

// A text is of a language when its signs add up; 3 alone is as good as a signature. Each pattern is linear:
// anchored at a line, without nested repetition.
const SIGNS: Readonly<Record<string, readonly Sign[]>> = {
  c: [
    sign(2, /^#include <(std(io|lib|int)|string|unistd|math)\.h>/m),
    sign(1, /^int main\s*\(/m),
    sign(1, /\bprintf\(/),
  ],
  cpp: [sign(3, /^#include <(iostream|vector|string|map|memory|algorithm)>/m), sign(2, /\bstd::\w/)],
  csharp: [
    sign(3, /^using System(\.\w+)*;/m),
    sign(2, /^namespace \w[\w.]*\s*[;{]/m),
    sign(1, /\bpublic (static )?(void|class|async)\b/),
  ],
  css: [
    sign(2, /^[.#]?[\w-]+[^{;\n]{0,80}\{[ \t]*$/m),
    sign(2, /^[ \t]+[a-z-]+:\s[^;{}\n]+;[ \t]*$/m),
    sign(2, /^@(media|import|font-face)\b/m),
    sign(-3, /^[ \t]*(const|let|function|import|interface|class|def|fn|public)\b/m),
  ],
  diff: [
    sign(4, /^diff --git a\//m),
    sign(3, /^--- \S.*\n\+\+\+ \S/m),
    sign(1, /^@@ -\d+(,\d+)? \+\d+(,\d+)? @@/m),
  ],
  dockerfile: [
    sign(2, /^FROM [\w./:-]+( AS \w+)?[ \t]*$/m),
    sign(2, /^(RUN|COPY|ENTRYPOINT|CMD|WORKDIR) \S/m),
  ],
  go: [
    sign(3, /^package \w+[ \t]*$/m),
    sign(1, /^func (\(\w+ \*?\w+\) )?\w+\(/m),
    sign(1, /^import \(?\s*"?/m),
  ],
  html: [
    sign(4, /^\s{0,64}<!doctype html/i),
    sign(3, /^[ \t]*<html[\s>]/im),
    sign(2, /<(head|body|div|script|span)[\s>]/i),
    sign(1, /<\/(div|body|p|a|ul|table)>/i),
  ],
  http: [sign(4, /^(GET|POST|PUT|PATCH|DELETE|HEAD) \/\S* HTTP\/[12]/), sign(4, /^HTTP\/[12](\.\d)? \d{3} /)],
  java: [
    sign(3, /^import (static )?(java|javax|org|com)\.[\w.]+(\.\*)?;/m),
    sign(2, /\bpublic (final |abstract )?class \w+/),
    sign(2, /\bpublic static void main\(String/),
  ],
  javascript: JAVASCRIPT_SIGNS,
  kotlin: [
    sign(2, /^[ \t]*(private |override |suspend )*fun [\w.<>]+\(/m),
    sign(1, /^[ \t]*val \w+(: \w+)? = /m),
    sign(1, /\bprintln\(/),
  ],
  lua: [sign(3, /^[ \t]*local (function )?\w+/m), sign(1, /\bthen[ \t]*$/m), sign(1, /^end[ \t]*$/m)],
  markdown: [
    sign(2, /^#{1,6} \S/m),
    sign(2, /^```\w*[ \t]*$/m),
    sign(1, /^[-*] (\[[ x]\] )?\S/m),
    sign(1, /\[[^\]\n]+\]\([^)\n]+\)/),
    sign(1, /\*\*[^*\n]+\*\*/),
    sign(1, /^\|.+\|[ \t]*$/m),
    sign(-2, /^(#!|#include)/m),
  ],
  nginx: [
    sign(2, /^[ \t]*server\s*\{/m),
    sign(2, /^[ \t]*(location|upstream) \S+.*\{/m),
    sign(1, /^[ \t]*(listen|proxy_pass|server_name) \S+;/m),
  ],
  perl: [sign(3, /^use (strict|warnings);/m), sign(2, /^[ \t]*my [$@%]\w+/m)],
  php: [sign(5, /^\s{0,64}<\?php/)],
  powershell: [
    sign(2, /^[ \t]*\$\w+ = (Get|New|Import)-\w+/m),
    sign(2, /\b(Write-Host|Get-ChildItem|ForEach-Object|Where-Object)\b/),
    sign(1, /^[ \t]*param\s*\(/im),
  ],
  python: [
    sign(2, /^[ \t]*(async )?def \w+\(.*\).*:[ \t]*$/m),
    sign(2, /^[ \t]*class \w+(\(.*\))?:[ \t]*$/m),
    sign(2, /^from [\w.]+ import \w/m),
    sign(1, /^import \w+(\.\w+)*( as \w+)?[ \t]*$/m),
    sign(2, /^if __name__ == /m),
    sign(1, /^[ \t]*(if|for|while|with|try|elif|else)\b.*:[ \t]*$/m),
  ],
  ruby: [
    sign(2, /^[ \t]*def \w+[?!]?(\(.*\))?[ \t]*$/m),
    sign(2, /^require(_relative)? ['"]/m),
    sign(1, /^[ \t]*end[ \t]*$/m),
    sign(1, /\bdo \|\w+(, \w+)*\|/),
  ],
  rust: [
    sign(2, /^[ \t]*(pub )?(async )?fn \w+/m),
    sign(1, /\blet mut \w/),
    sign(2, /^use (std|crate|super)::/m),
    sign(2, /^[ \t]*impl(<.*>)? \w/m),
    sign(1, /\w+!\(/),
  ],
  shell: [
    sign(2, /^[ \t]*(sudo|apt-get|apt|export|echo|cd|mkdir|chmod|curl|npm|git|docker) \S/m),
    sign(1, /^[ \t]*(if \[|fi|done|esac)\b/m),
    sign(1, /\$\{?\w+\}?/),
    sign(1, /^set -[eux]/m),
  ],
  sql: [
    sign(
      3,
      /^[ \t]*(select\s[^;]{1,400}\sfrom\s|insert into\s|create (table|index|view)\s|alter table\s|update \w+ set\s|delete from\s)/im,
    ),
    sign(2, /^[ \t]*with \w+ as \(/im),
    sign(1, /;[ \t]*$/m),
  ],
  swift: [
    sign(3, /^import (Foundation|SwiftUI|UIKit)/m),
    sign(2, /\bfunc \w+\(.*\)( -> \w+)?\s*\{/),
    sign(1, /\bguard let\b/),
  ],
  toml: [sign(2, /^\[{1,2}[\w.-]+\]{1,2}[ \t]*$/m), sign(2, /^[\w-]+ = ("|\[|\d|true|false)/m)],
  // After JavaScript, whose signs it shares: its own must decide.
  typescript: [
    ...JAVASCRIPT_SIGNS,
    sign(4, /^[ \t]*(export )?(interface|type|enum) \w+(<.*>)?\s*[={]/m),
    sign(3, /[\w)\]]\??: (string|number|boolean|void|unknown|Promise<)/),
    sign(1, /^[ \t]*(export |import ).*\bfrom ['"]/m),
    sign(1, /\b(as const|readonly|satisfies)\b/),
  ],
  xml: [sign(4, /^\s{0,64}<\?xml /), sign(3, /^\s{0,64}<(svg|rss|feed|project|configuration)[\s>]/)],
  yaml: [
    sign(2, /^---[ \t]*$/m),
    sign(2, /^[\w-]+:( \S.*)?\n([\w-]+:| {1,2}[\w-]+:|[ \t]*- )/m),
    sign(1, /^[ \t]*- [\w-]+: \S/m),
    sign(1, /^ +[\w-]+: \S/m),
    sign(-3, /[;{][ \t]*$/m),
  ],
};

/**
 * The language that the beginning of a text looks like, or null when nothing stands out. Looks at the
 * first 4,096 characters (JSON: as far as it can be parsed whole).
 */
export function guessLanguage(text: string): string | null {
  if (looksLikeJson(text)) return 'json';
  const beginning = text.slice(0, READ_CHARACTERS);
  let best: string | null = null;
  let bestScore = ENOUGH - 1;
  for (const [language, signs] of Object.entries(SIGNS)) {
    const score = signs.reduce(
      (sum, { pattern, weight }) => (pattern.test(beginning) ? sum + weight : sum),
      0,
    );
    if (score > bestScore) [best, bestScore] = [language, score];
  }
  return best;
}

function looksLikeJson(text: string): boolean {
  const trimmed = text.slice(0, READ_CHARACTERS).trimStart();
  if (!/^(\{\s*("|\})|\[\s*["{[\]\d-])/.test(trimmed)) return false;
  if (text.length > READ_CHARACTERS) return /^[{[]\s*[\s\S]{0,200}"[^"\n]{0,200}"\s*[:,]/.test(trimmed);
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
