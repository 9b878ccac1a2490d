import type { Token } from 'markdown-it';
import { highlight } from '../highlight/highlight';
import { findLanguage } from '../highlight/languages';
import { inTurn } from '../highlight/pace';
import type { SiblingId } from './link-target';
import { type MarkdownLabels, writeMarkdown } from './markdown-blocks';
import { parseMarkdown } from './markdown-parser';
import { Meter, TooExpensiveError } from './meter';

export const MARKDOWN_MAX = 256 * 1024;
const BUDGET_MS = 250;
const FENCES_MAX = 64;
const FENCE_MS_MIN = 10;
const FENCED_LANGUAGES_MAX = 8;

interface MarkdownOptions {
  readonly text: string;
  /** What all ids of the text begin with, so that they meet no id of the page. */
  readonly idPrefix: string;
  readonly siblingId?: SiblingId | undefined;
  readonly labels: MarkdownLabels;
  /** Milliseconds on the thread for parsing; writing and colouring get as many again. */
  readonly budgetMs?: number;
}

/**
 * A Markdown text as HTML without styles, scripts, images or raw HTML of the text's own.
 * Null if the text is too large or would take too much time.
 */
export async function renderMarkdown({
  text,
  idPrefix,
  siblingId,
  labels,
  budgetMs = BUDGET_MS,
}: MarkdownOptions): Promise<string | null> {
  if (text.length > MARKDOWN_MAX) return null;
  try {
    const tokens = await inTurn((pace) => parseMarkdown(text, new Meter(pace, budgetMs)));
    const highlighted = await highlightFences(tokens, budgetMs);
    const html = await inTurn((pace) =>
      writeMarkdown(tokens, new Meter(pace, budgetMs), {
        idPrefix,
        siblingId,
        labels,
        length: text.length,
        highlighted,
      }),
    );
    // Of definitions alone there is nothing to see.
    return html === '' ? null : html;
  } catch (error) {
    // The parser is recursive in some places, and its depth depends on the text.
    if (error instanceof TooExpensiveError || error instanceof RangeError) return null;
    throw error;
  }
}

async function highlightFences(tokens: readonly Token[], budgetMs: number): Promise<Map<Token, string>> {
  const fences: { token: Token; language: string }[] = [];
  const languages = new Set<string>();
  for (const token of tokens) {
    const label = token.type === 'fence' ? /^[\w+#.-]+/.exec(token.info)?.[0] : undefined;
    const language = label && findLanguage(label)?.id;
    if (!language || token.content === '') continue;
    if (!languages.has(language) && languages.size === FENCED_LANGUAGES_MAX) continue;
    languages.add(language);
    fences.push({ token, language });
    if (fences.length === FENCES_MAX) break;
  }

  const highlighted = new Map<Token, string>();
  const length = fences.reduce((sum, { token }) => sum + token.content.length, 0);
  for (const { token, language } of fences) {
    const { blocks } = await highlight({
      text: token.content,
      language,
      budgetMs: Math.max(FENCE_MS_MIN, (budgetMs * token.content.length) / length),
    });
    highlighted.set(token, blocks.join('\n'));
  }
  return highlighted;
}
