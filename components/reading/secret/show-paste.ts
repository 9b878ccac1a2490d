import type { SecretKey } from '@/lib/encryption/key-shape';
import { visibleText } from '@/lib/text/unicode/display-text';
import { watchReading } from '../aids/watch-reading';
import { lineShare } from '../line-markup';
import { isProse } from '../prose';
import { applyView } from './apply-view';
import { element } from './element';
import { contentFacts, fileBody, fileIndex, filePart, textUrl } from './file-elements';
import { addKeyToLinks, secretHash } from './key-keeper';
import type { OpenAnswer } from './open-messages';
import { type PageState, part, say, showState } from './page-parts';
import type { PageSource } from './page-source';
import { objectUrl, type ShownFile, toShownFiles } from './shown-file';
import type { RenderedView, ViewAnswer, ViewRequest } from './view-messages';

type OpenedPaste = Extract<OpenAnswer, { kind: 'opened' }>;

interface ShowOptions {
  source: PageSource;
  key: SecretKey;
  viewWorker: () => Worker;
  /** Makes an archive of the files. */
  pack: () => Promise<OpenAnswer>;
  signal: AbortSignal | undefined;
}

/** Shows a decrypted paste: first as plain text, then with its colours. */
export function showPaste(paste: OpenedPaste, options: ShowOptions): void {
  const { source, key, viewWorker, signal } = options;
  const { text } = source;
  const files = toShownFiles(paste.files, text);
  const texts = files.filter(({ content }) => content.kind === 'text' && content.text !== '');
  showTitle(paste.title, files, source);
  showWarning(paste, source);
  showState(['open', ...textState(files, texts)]);
  showFiles(files, source);
  watchSaving(files, options);
  watchReading(signal, secretHash(key));
  if (source.paths.reveal === null) say('secret-status', '');
  else warnBeforeLeaving(source, signal);
  const worker = highlightFiles(texts, {
    source,
    key,
    make: viewWorker,
    isSingle: files.length === 1,
    files,
  });
  signal?.addEventListener('abort', () => worker?.terminate());
}

function textState(files: readonly ShownFile[], texts: readonly ShownFile[]): PageState[] {
  if (texts.length === 0) return [];
  return [files.length === 1 ? 'one-text' : 'many-texts'];
}

function showTitle(given: string, files: readonly ShownFile[], { text }: PageSource): void {
  const fileName = visibleText(files[0]?.name ?? '');
  const title = visibleText(given) || fileName || text.t('reading.untitled');
  part('secret-title').replaceChildren(element('bdi', {}, title));
  document.title = title;
  const facts: HTMLElement[] = [];
  const [only, second] = files;
  if (only && !second) {
    if (fileName !== '' && fileName !== title)
      facts.push(
        element(
          'li',
          { class: 'max-w-full truncate font-mono text-xs leading-[1.62]' },
          element('bdi', {}, fileName),
        ),
      );
    facts.push(...contentFacts(only, text));
  } else {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const lines = files.reduce((sum, file) => sum + file.lines, 0);
    const count = element('li', {}, text.t('reading.files', { count: files.length }));
    facts.push(...contentFacts({ bytes, lines }, text), count);
  }
  part('secret-facts').firstElementChild?.after(...facts);
}

/** Where the server keeps the paste for longer or for more readers than its author meant. */
function showWarning({ differences }: OpenedPaste, { text }: PageSource): void {
  const warning = part('secret-warning');
  warning.textContent = differences.map((difference) => text.t(`secretPage.${difference}`)).join(' ');
  warning.hidden = differences.length === 0;
}

function showFiles(files: readonly ShownFile[], { text }: PageSource): void {
  const maxLines = lineShare(files);
  const place = part('secret-files');
  const [only, second] = files;
  if (only && !second) {
    place.append(fileBody(only, { text, maxLines }));
    if (only.content.kind === 'text') linkRaw(textUrl(only.content.text));
    return;
  }
  place.append(fileIndex(files, text), ...files.map((file) => filePart(file, { text, maxLines })));
}

function linkRaw(url: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-raw]')) link.href = url;
}

/** "Download" saves the decrypted file, or an archive of several; without this script, the ciphertext. */
function watchSaving(files: readonly ShownFile[], { source, pack, signal }: ShowOptions): void {
  const { slug, text } = source;
  async function save(event: MouseEvent) {
    const link = event.target instanceof Element && event.target.closest('a');
    if (!link || link.getAttribute('href') !== `/${slug}/download`) return;
    event.preventDefault();
    const [only, second] = files;
    if (only && !second) saveAs(only.url, only.savedName);
    else {
      const packed = await pack();
      if (packed.kind === 'failed') say('secret-status', text.t(`secretPage.faults.${packed.fault}`));
      if (packed.kind === 'packed') saveAs(objectUrl(packed.archive, 'application/x-tar'), `${slug}.tar`);
    }
  }
  document.addEventListener('click', save, { signal });
}

function saveAs(url: string, name: string): void {
  element('a', { href: url, download: name }).click();
}

/** What was revealed is only here. */
function warnBeforeLeaving({ text }: PageSource, signal?: AbortSignal): void {
  say('secret-status', text.t('secretPage.keep'));
  const warn = (event: Event) => event.preventDefault();
  window.addEventListener('beforeunload', warn, { signal });
}

interface HighlightOptions {
  source: PageSource;
  key: SecretKey;
  make: () => Worker;
  files: readonly ShownFile[];
  isSingle: boolean;
}

/** The text stays plain if this fails. */
function highlightFiles(
  texts: readonly ShownFile[],
  { source, key, make, files, isSingle }: HighlightOptions,
): Worker | null {
  if (texts.length === 0) return null;
  const { slug, text, locale, messages } = source;
  const maxLines = lineShare(files);
  const languages: string[] = [];
  const named = files.map(({ name, language }) => ({ name, language }));
  const worker = make();
  worker.addEventListener('message', ({ data }: MessageEvent<ViewAnswer>) => {
    const file = files[data.number - 1];
    if (!file) return;
    if ('lines' in data) {
      applyView(data, { file, isSingle, text });
      addFacts(data, { isSingle, text });
    }
    languages.push('lines' in data ? data.language : 'text');
    if (languages.length < texts.length) return;
    addKeyToLinks(part('main'), { slug, key });
    finish(languages);
  });
  for (const { number, name, label, language, content } of texts) {
    if (content.kind !== 'text') continue;
    const request: ViewRequest = {
      number,
      name,
      label,
      language,
      text: content.text,
      files: named,
      maxLines,
      locale,
      messages,
    };
    worker.postMessage(request);
  }
  return worker;
}

/** What is known of a text only now: its language, and what it changes if it is a patch. */
function addFacts(
  { number, languageName, patch }: RenderedView,
  { isSingle, text: { t } }: Pick<HighlightOptions, 'isSingle'> & Pick<PageSource, 'text'>,
): void {
  const facts = isSingle ? '#secret-facts' : `#file-${number} .file-head`;
  const size = document.querySelector(`${facts} [data-size]`);
  size?.before(element('li', {}, languageName));
  if (!patch) return;
  const counts = [
    element(
      'span',
      { 'aria-hidden': 'true', class: 'font-mono text-xs' },
      t('history.lineCounts', { ...patch }),
    ),
    element('span', { class: 'sr-only' }, t('history.lineCountsLabel', { ...patch })),
  ];
  size?.after(element('li', {}, `${t('history.filesChanged', { count: patch.files })} `, ...counts));
}

/** All texts have their final form. */
function finish(languages: readonly string[]): void {
  const wrap = document.querySelector('main')?.getAttribute('data-wrap');
  const doesWrap = wrap ? wrap === 'on' : languages.every(isProse);
  for (const tool of document.querySelectorAll('[data-toggles="wrap"]')) {
    tool.setAttribute('aria-pressed', String(doesWrap));
  }
  part('secret-files').dataset.done = '';
  // A heading may only be there now, and a line may be in the other view.
  if (window.location.hash.includes('&')) window.dispatchEvent(new HashChangeEvent('hashchange'));
}
