import { breakUp, limit } from './guard';
import type { Language } from './language';
import { PATIENCE_MS, type Pace } from './pace';
import { paint } from './paint';
import { parse } from './parse';
import { loadParser } from './parsers';

export interface PaintOptions {
  readonly canvas: Uint8Array;
  readonly budgetMs: number;
  readonly pace: Pace;
}

/** Writes the kinds of tokens of a text to the canvas. @returns whether all of it is painted */
export async function paintLanguage(
  source: string,
  language: Language,
  { canvas, budgetMs, pace }: PaintOptions,
): Promise<boolean> {
  const loading = loadParser(language, source);
  await pace.rest(loading);
  const loaded = await loading;
  if (!loaded) return true;

  const limitedBy = (limitMs: number) => () => pace.usedMs > limitMs || pace.waitedMs > PATIENCE_MS;
  const head = limit(source, loaded.embeds);
  const { tree, complete } = await parse(loaded.parser, breakUp(head, loaded.step), {
    pace,
    isSpent: limitedBy(pace.usedMs + budgetMs),
  });
  if (!tree) return false;
  const painted = await paint(tree, canvas, { pace, isSpent: limitedBy(pace.usedMs + budgetMs) });
  return complete && painted && head.length === source.length;
}
