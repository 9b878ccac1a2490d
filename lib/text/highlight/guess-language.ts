import { isJson } from '../is-json';
import { DIALECTS, MARKDOWN_SIGNS, SIGNS, weigh } from './language-signs';

const READ_CHARACTERS = 4_096;
const LONGEST_LINE = 200;
const ENOUGH = 3;
const CERTAIN = 9;

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

function looksLikeJson(source: string, text: string): boolean {
  if (/^(\{|\[\s*\{)\s*"[^"\n]*"\s*:|^\[\s*"[^"\n]*",/.test(source))
    return !/: (None|True|False)\b/.test(source);
  return /^[{[]/.test(source) && text.length <= READ_CHARACTERS && isJson(text);
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
