import 'server-only';
import { after } from 'next/server';
import { highlightCached } from '@/lib/highlight/cache';
import type { FileRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/service';
import { lineMarkup, linePrefix } from './line-markup';
import { discardMarkup, leaveMarkup } from './markup-handover';

/** A file ready to be shown. */
export interface LoadedFile {
  number: number;
  name: string;
  language: string;
  bytes: number;
  lines: number;
  isColoured: boolean;
  /** For `ServedMarkup`. */
  markup: string;
}

/** Reads and highlights a file. @throws AppError storage_unavailable */
export async function loadFile(file: FileRecord, number: number): Promise<LoadedFile> {
  const { name, language, bytes, lines, key } = file;
  const text = await readFileText(file);
  const highlighted = await highlightCached({ key, text, language });
  const endsInBreak = text.endsWith('\n') || text.endsWith('\r');
  const markup = leaveMarkup(lineMarkup(highlighted, { prefix: linePrefix(number), endsInBreak }));
  after(() => discardMarkup(markup));
  return { number, name, language, bytes, lines, isColoured: highlighted.complete, markup };
}
