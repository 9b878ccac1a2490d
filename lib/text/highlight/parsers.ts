import { type Language as CodeLanguage, StreamLanguage } from '@codemirror/language';
import { languages as descriptions } from '@codemirror/language-data';
import type { Parser } from '@lezer/common';
import type { Language } from './language';
import { findLanguage } from './languages';
import { unsafeGrammars } from './unsafe-grammars';

export interface LoadedParser {
  readonly parser: Parser;
  /** `lines`: the parser takes a whole line in one step; `paragraphs`: a whole paragraph. */
  readonly step: 'token' | 'lines' | 'paragraphs';
  /** Finds what begins a text in another language inside of this one, or more. */
  readonly embeds: RegExp | null;
}

const scripts = /<(?:script|style)|\b(?:style|on\w+)\s*=/gi;
const expressions = /<|\{\{/g;
const embeds: ReadonlyMap<string, RegExp> = new Map([
  ['angular', expressions],
  ['html', scripts],
  ['jinja', scripts],
  ['liquid', scripts],
  ['markdown', /<|`{3}|~{3}/g],
  ['php', scripts],
  ['vue', expressions],
]);

const FENCED_LANGUAGES_MAX = 8;
const fence = /^[ \t>*+\-\d.)]*(?:`{3,}|~{3,})[ \t]*([\w+#.-]+)/gm;

const loaded = new Map<string, CodeLanguage>();
let markdown: Promise<CodeLanguage> | undefined;

/** @returns null for a language without a grammar to use, plain text among them. */
export async function loadParser(language: Language, text: string): Promise<LoadedParser | null> {
  const embedsOf = { embeds: embeds.get(language.id) ?? null };
  if (language.id === 'markdown') {
    await Promise.all(fencedLanguages(text).map(loadLanguage));
    markdown ??= loadMarkdown();
    return { ...embedsOf, parser: (await markdown).parser, step: 'paragraphs' };
  }
  const found = await loadLanguage(language);
  return (
    found && { ...embedsOf, parser: found.parser, step: found instanceof StreamLanguage ? 'lines' : 'token' }
  );
}

async function loadLanguage(language: Language): Promise<CodeLanguage | null> {
  const known = loaded.get(language.id);
  if (known) return known;
  if (unsafeGrammars.has(language.id)) return null;
  const description = descriptions.find(({ name }) => name === language.name);
  if (!description) return null;
  const support = await description.load();
  loaded.set(language.id, support.language);
  return support.language;
}

async function loadMarkdown(): Promise<CodeLanguage> {
  const { markdown: define, markdownLanguage } = await import('@codemirror/lang-markdown');
  return define({ base: markdownLanguage, codeLanguages: fencedLanguage }).language;
}

function fencedLanguage(info: string): CodeLanguage | null {
  const label = /^[\w+#.-]+/.exec(info)?.[0];
  return loaded.get((label && findLanguage(label)?.id) ?? '') ?? null;
}

function fencedLanguages(text: string): Language[] {
  const found = new Set<Language>();
  for (const [, label = ''] of text.matchAll(fence)) {
    const language = findLanguage(label);
    if (language && language.id !== 'markdown') found.add(language);
    if (found.size === FENCED_LANGUAGES_MAX) break;
  }
  return [...found];
}
