import 'server-only';
import { LRUCache } from 'lru-cache';
import { highlight } from '@/lib/text/highlight/highlight';

const KEPT_MAX = 400;

const kept = new LRUCache<string, string>({ max: KEPT_MAX });

/** A built-in example as escaped, highlighted HTML; cached, because there are few. */
export async function highlightSample(text: string, language: string): Promise<string> {
  const key = `${language} ${text}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const { blocks, hurried } = await highlight({ text, language });
  const html = blocks.join('\n');
  if (!hurried) kept.set(key, html);
  return html;
}
