import { buttonVariants } from '@/components/ui/button-variants';
import type { PageText } from '@/lib/core/i18n/page-text';
import { escapeHtml } from '@/lib/text/rendering/escape-html';
import { lineMarkup, linePrefix } from '../line-markup';
import { sizeLabel } from '../size-label';
import { element } from './element';
import { objectUrl, type ShownFile } from './shown-file';

const LINES_PER_BLOCK = 100;
const NOTE = 'gutter border-y border-hair bg-raised py-4 text-muted';

/** As `FileIndex`. */
export function fileIndex(files: readonly ShownFile[], { t }: PageText): HTMLElement {
  const items = files.map(({ number, label }) =>
    element('li', {}, element('a', { href: `#file-${number}`, title: label }, element('bdi', {}, label))),
  );
  return element(
    'nav',
    { 'aria-label': t('reading.filesNav'), class: 'no-print file-index' },
    element('ol', {}, ...items),
  );
}

/** As `FilePart`. */
export function filePart(file: ShownFile, options: { text: PageText; maxLines: number }): HTMLElement {
  const { number, label } = file;
  const { text } = options;
  const name = `name-${number}`;
  return element(
    'section',
    { id: `file-${number}`, 'aria-labelledby': name, class: 'file-part' },
    element(
      'div',
      { class: 'file-head gutter' },
      element(
        'h2',
        { id: name, class: 'truncate font-mono text-code', title: label },
        element('bdi', {}, label),
      ),
      element(
        'ul',
        { class: 'dotted flex shrink-0 text-xs whitespace-nowrap text-muted max-md:hidden' },
        ...contentFacts(file, text),
      ),
      element(
        'div',
        {
          class:
            'file-tools no-print -mr-2 ml-auto flex shrink-0 items-center gap-1 max-sm:shrink max-sm:flex-wrap',
        },
        ...fileTools(file, text),
      ),
    ),
    fileBody(file, options),
  );
}

/** What the file is, as items of a list; its language is added when it is known. */
export function contentFacts(
  { bytes, lines }: Pick<ShownFile, 'bytes' | 'lines'>,
  text: PageText,
): HTMLElement[] {
  const facts = [element('li', { 'data-size': '' }, sizeLabel(bytes, text))];
  if (lines > 0) facts.push(element('li', {}, text.t('reading.lines', { count: lines })));
  return facts;
}

function fileTools(file: ShownFile, text: PageText): HTMLElement[] {
  const { t } = text;
  const { label, number, content } = file;
  const quiet = buttonVariants({ variant: 'quiet', size: 'sm' });
  const save = element(
    'a',
    {
      href: file.url,
      download: file.savedName,
      'aria-label': t('secretPage.save', { name: label }),
      class: quiet,
    },
    t('reading.download'),
  );
  if (content.kind !== 'text') return [save];
  const words = { copied: t('reading.copied'), failed: t('reading.notCopied') };
  const copy = element(
    'button',
    {
      type: 'button',
      'aria-label': t('reading.copyFile', { name: label }),
      'data-copies': `#code-${number} .code-text`,
      class: `${quiet} group/copy`,
    },
    element(
      'span',
      { class: 'grid *:col-start-1 *:row-start-1' },
      element('span', { class: 'group-data-said/copy:invisible' }, t('reading.copy')),
      copyWord('copied', 'not-group-data-[said=copied]/copy:invisible', words.copied),
      copyWord('failed', 'not-group-data-[said=failed]/copy:invisible', words.failed),
    ),
  );
  const raw = element(
    'a',
    {
      href: textUrl(content.text),
      target: '_blank',
      rel: 'noopener',
      'aria-label': t('reading.rawOf', { name: label }),
      class: `${quiet} max-sm:hidden`,
    },
    t('reading.raw'),
  );
  return [copy, element('span', { role: 'status', class: 'sr-only' }), raw, save];
}

function copyWord(word: string, className: string, label: string): HTMLElement {
  return element('span', { 'aria-hidden': 'true', 'data-word': word, class: className }, label);
}

/** An address of the text as it is, which a browser shows as nothing but text. */
export function textUrl(text: string): string {
  return objectUrl(text, 'text/plain;charset=utf-8');
}

/** The file itself: a text without colours, an image, or why there is nothing to see. */
export function fileBody(
  file: ShownFile,
  { text, maxLines }: { text: PageText; maxLines: number },
): HTMLElement {
  const { t } = text;
  const { content, label, bytes } = file;
  if (bytes === 0) return element('p', { class: NOTE }, t('reading.empty'));
  if (content.kind === 'binary')
    return element('p', { class: NOTE }, t('secretPage.binary', { size: sizeLabel(bytes, text) }));
  if (content.kind === 'image') {
    return element(
      'div',
      { class: 'gutter border-y border-hair bg-raised py-6' },
      element('img', { src: file.url, alt: label, class: 'max-h-[80vh] max-w-full object-contain' }),
    );
  }
  const lines = element('div', { class: 'code-text' });
  lines.innerHTML = plainLines(content.text, { number: file.number, maxLines });
  return element(
    'section',
    {
      id: `code-${file.number}`,
      'aria-label': t('reading.textOf', { name: label }),
      tabindex: '0',
      dir: 'ltr',
      translate: 'no',
      class: 'code focus-visible:outline-offset-[-2px]',
      'data-digits': String(String(file.lines).length),
    },
    lines,
  );
}

/** The lines as HTML, without colours: what is shown until these are there. */
function plainLines(content: string, { number, maxLines }: { number: number; maxLines: number }): string {
  const unified = escapeHtml(content).replace(/\r\n?/g, '\n');
  const endsInBreak = unified.endsWith('\n');
  const lines = (endsInBreak ? unified.slice(0, -1) : unified).split('\n');
  const blocks: string[] = [];
  for (let from = 0; from < lines.length; from += LINES_PER_BLOCK) {
    blocks.push(lines.slice(from, from + LINES_PER_BLOCK).join('\n'));
  }
  return lineMarkup({ blocks }, { prefix: linePrefix(number), endsInBreak, maxLines });
}
