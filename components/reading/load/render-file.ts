import 'server-only';
import { LRUCache } from 'lru-cache';
import { perProcess } from '@/lib/core/per-process';
import type { RenderedFile, RenderOptions } from '../render-text';

/** The most memory one process spends on rendered files, in bytes. */
export const RENDERED_BYTES = 8 * 1024 * 1024;
/** How long a failure is kept, in milliseconds: a busy moment may have caused it. */
const FAILURE_MS = 60_000;

interface StoredOptions extends RenderOptions {
  /** The key of the body, which never changes. */
  key: string;
  /** Reads the body. Not called for a file that was rendered before. */
  readText: () => Promise<string>;
  /** Whether a rendering that is not what `auto` shows is of no use. */
  onlyDefault: boolean;
}

const stored = perProcess(
  'rendered-files',
  () =>
    new LRUCache<string, { rendered: RenderedFile | null }>({
      maxSize: RENDERED_BYTES,
      sizeCalculation: ({ rendered }, id) => ((rendered?.html.length ?? 0) + id.length) * 2,
    }),
);

/** Renders the file once while it stays in memory. Null if only its source is to be shown; that is kept for a minute. */
export async function renderFile(options: StoredOptions): Promise<RenderedFile | null> {
  const id = JSON.stringify([
    options.key,
    options.kind,
    options.files.map(({ name, language }) => [name, language]),
    options.fileNumber,
    options.label,
    options.pageText.locale,
    options.onlyDefault,
  ]);
  const known = stored.get().get(id);
  if (known) return known.rendered;
  // With the parsers of Markdown and tables: most files are shown as source.
  const { renderText } = await import('../render-text');
  const all = await renderText(await options.readText(), options);
  const rendered = options.onlyDefault && !all?.isDefault ? null : all;
  stored.get().set(id, { rendered }, { ttl: rendered ? 0 : FAILURE_MS });
  return rendered;
}
