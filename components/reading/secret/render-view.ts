import { createPageText } from '@/lib/core/i18n/create-page-text';
import { detectLanguage, shownLanguage } from '@/lib/text/highlight/detect-language';
import { findLanguage } from '@/lib/text/highlight/languages';
import { viewFor } from '@/lib/text/rendering/which-view';
import { languageLabel } from '../display';
import { renderLines } from '../render-lines';
import { renderText } from '../render-text';
import type { RenderedView, ViewRequest } from './view-messages';

/** More than on a server: a worker holds up no other reader, and phones are slow. */
const BUDGET_MS = 3_000;

/** Highlights a text, and renders it if it is of a language with another view than its source. */
export async function renderView(request: ViewRequest): Promise<RenderedView> {
  const { number, name, label, text, maxLines } = request;
  const pageText = createPageText(request.locale, request.messages);
  const language = languageOf({ ...request, text });
  const settings = { language, number, maxLines, budgetMs: BUDGET_MS };
  const { lines, isColoured, warnings, patch } = await renderLines(text, settings);
  const kind = text === '' ? null : viewFor({ name, language });
  const files = request.files.map((file) => ({ name: file.name, language: languageOf(file) }));
  const options = { files, fileNumber: number, label, pageText, budgetMs: BUDGET_MS };
  const rendered = kind === null ? null : await renderText(text, { kind, ...options });
  return {
    number,
    language,
    languageName: languageLabel(language, pageText),
    lines: new TextDecoder().decode(lines),
    isColoured,
    warnings,
    patch,
    view: kind && rendered && { kind, ...rendered },
  };
}

/** Without a text it is detected by the name alone. */
function languageOf({ name, language, text = '' }: { name: string; language: string | null; text?: string }) {
  const found = findLanguage(language ?? detectLanguage({ name, text }))?.id ?? 'text';
  return shownLanguage({ name, language: found });
}
