import type { PageText } from '@/lib/core/i18n/page-text';
import { readViews, VIEWS_COOKIE } from '@/lib/text/rendering/remembered-views';
import type { TextWarning } from '@/lib/text/unicode/text-warnings';
import { readCookie } from '../aids/browser-cookie';
import { chooseView, type Shown, shownView, viewHref } from '../file-view-choice';
import { linePrefix } from '../line-markup';
import { isProse } from '../prose';
import { element } from './element';
import type { ShownFile } from './shown-file';
import type { RenderedView } from './view-messages';

interface ApplyOptions {
  file: ShownFile;
  isSingle: boolean;
  text: PageText;
}

/** Gives a text that is shown plain its colours, its warnings and its other view. */
export function applyView(rendered: RenderedView, options: ApplyOptions): void {
  const code = document.getElementById(`code-${rendered.number}`);
  const lines = code?.querySelector('.code-text');
  if (!code || !lines) return;
  const selected = [...lines.querySelectorAll('[data-lit]')].map(({ id }) => id);
  // Escaped by lib/text.
  lines.innerHTML = rendered.lines;
  for (const id of selected) document.getElementById(id)?.setAttribute('data-lit', '');
  code.toggleAttribute('data-prose', isProse(rendered.language));
  const { t } = options.text;
  if (!rendered.isColoured)
    code.after(element('p', { class: 'gutter py-2 text-xs text-muted' }, t('reading.plainRest')));
  const hasSelection = selected.length > 0;
  const top = rendered.view ? addView(code, rendered.view, { ...options, hasSelection }) : code;
  const note = warningNote(rendered.warnings, options);
  if (note) top.before(note);
}

/** As `FileView`: the rendered text before its source, and the links that switch. */
function addView(
  code: HTMLElement,
  view: NonNullable<RenderedView['view']>,
  { file, isSingle, hasSelection, text: { t } }: ApplyOptions & { hasSelection: boolean },
): HTMLElement {
  const { number, label } = file;
  const { kind } = view;
  const query = new URLSearchParams(window.location.search).get('view') ?? undefined;
  const remembered = readViews(readCookie(VIEWS_COOKIE));
  const wanted = chooseView({ query, kind, fileNumber: number, views: remembered });
  // Lines that the address names are in the source.
  const shown = hasSelection ? 'source' : shownView(wanted, view);
  const markup = element('div', { class: kind === 'markdown' ? 'prose' : 'data-view' });
  // Escaped by lib/text.
  markup.innerHTML = view.html;
  const views = element('div', { id: `views-${number}`, class: 'file-views', 'data-view': shown });
  const source = element('div', { class: 'view-source' });
  code.replaceWith(views);
  source.append(code);
  views.append(
    element(
      'section',
      {
        'aria-label': t('rendered.of', { name: label }),
        class: 'view-rendered border-y border-hair bg-raised',
        'data-kind': kind,
      },
      ...view.notes.map((note) =>
        element('p', { class: 'gutter border-b border-hair py-2 text-xs text-muted' }, note),
      ),
      markup,
    ),
    source,
  );
  const links = (['rendered', 'source'] as const satisfies readonly Shown[]).map((one) =>
    element(
      'a',
      {
        href: pageHref({ view: one, usual: shownView(remembered[kind], view), fileNumber: number, isSingle }),
        'aria-current': one === shown ? 'true' : undefined,
        'data-shows': `${one} views-${number}`,
        'data-remembers': `${kind}-${one}`,
      },
      one === 'source' ? t('rendered.source') : t(`rendered.${kind}`),
    ),
  );
  const name = t('rendered.viewOf', { name: label });
  const viewSwitch = element('nav', { 'aria-label': name, class: 'no-print view-switch' }, ...links);
  if (isSingle) document.getElementById('secret-switch')?.after(viewSwitch);
  else document.querySelector(`#file-${number} .file-tools`)?.prepend(viewSwitch);
  return views;
}

/** As `viewHref`, of this page, which may be about a revision. */
function pageHref(view: Parameters<typeof viewHref>[1]): string {
  const { pathname, origin, search } = window.location;
  const url = new URL(viewHref(pathname, view), origin);
  const revision = new URLSearchParams(search).get('r');
  if (revision !== null) url.searchParams.set('r', revision);
  return `${url.pathname}${url.search}${url.hash}`;
}

/** As `TextWarningNote`; null without warnings. */
function warningNote(
  warnings: readonly TextWarning[],
  { file, text: { t } }: ApplyOptions,
): HTMLElement | null {
  if (warnings.length === 0) return null;
  const sentence = ({ kind, named, line }: TextWarning) => [
    `${t(`textWarnings.${kind}`, { named: named.join(', ') })} `,
    ...firstPlace(line),
    ' ',
  ];
  function firstPlace(line: number): (Node | string)[] {
    const marked = t.markup('textWarnings.first', { number: line, place: (words) => `\n${words}\n` });
    const [before = '', words = '', after = ''] = marked.split('\n');
    const href = `#${linePrefix(file.number)}L${line}`;
    return [before, element('a', { href, class: 'text-link' }, words), after];
  }
  const marked = warnings.filter(({ kind }) => kind !== 'mixed_scripts');
  return element(
    'p',
    { role: 'note', class: 'text-warning gutter' },
    ...marked.flatMap(sentence),
    marked.length > 0 ? element('span', { class: 'text-muted' }, `${t('textWarnings.marked')} `) : null,
    ...warnings.filter((warning) => !marked.includes(warning)).flatMap(sentence),
  );
}
