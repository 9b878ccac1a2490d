import { WRAP_COOKIE } from '@/components/reading/wrap-choice';
import { VIEWS_COOKIE, withView } from '@/lib/text/rendering/remembered-views';
import { readCookie, writeCookie } from './browser-cookie';

/** Handles buttons that need a script, and links that switch views without a page load. */
export function watchTools(signal?: AbortSignal): void {
  function click(event: MouseEvent) {
    if (!(event.target instanceof Element)) return;
    const choice = event.target.closest<HTMLElement>('[data-remembers]')?.dataset.remembers;
    if (choice !== undefined) rememberView(choice);
    const tool = event.target.closest<HTMLElement>(
      '[data-toggles="wrap"], [data-does="print"], [data-shows]',
    );
    if (!tool) return;
    if (tool.dataset.toggles) toggleWrap(tool);
    else if (tool.dataset.does) printPage();
    else if (!isForAnotherPage(event)) followView(tool, event);
  }
  document.addEventListener('click', click, { signal });
}

function isForAnotherPage({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button !== 0 || metaKey || ctrlKey || shiftKey || altKey;
}

function toggleWrap(tool: HTMLElement) {
  const choice = tool.getAttribute('aria-pressed') === 'true' ? 'off' : 'on';
  const place = firstLineInView();
  document.querySelector('main')?.setAttribute('data-wrap', choice);
  for (const other of document.querySelectorAll('[data-toggles="wrap"]')) {
    other.setAttribute('aria-pressed', String(choice === 'on'));
  }
  writeCookie(WRAP_COOKIE, choice);
  if (place) window.scrollBy(0, place.line.getBoundingClientRect().top - place.top);
}

/** The line to keep in place while the lines above it change their height. */
function firstLineInView(): { line: Element; top: number } | null {
  if (window.scrollY === 0) return null;
  const x = window.innerWidth / 2;
  const line = document.elementFromPoint(x, window.innerHeight / 3)?.closest('.code-block > span');
  return line ? { line, top: line.getBoundingClientRect().top } : null;
}

/** On the next pages, texts of this kind are shown as this one is now. */
function rememberView(choice: string) {
  const views = withView(readCookie(VIEWS_COOKIE), choice);
  if (views !== null) writeCookie(VIEWS_COOKIE, views);
}

function printPage() {
  document.getElementById('more-tools')?.hidePopover();
  window.print();
}

function followView(link: HTMLElement, event: Event) {
  const [view = '', id = ''] = (link.dataset.shows ?? '').split(' ');
  if (!showView(id, view)) return;
  event.preventDefault();
  window.history.replaceState(window.history.state, '', link.getAttribute('href'));
}

/** @returns false unless the page contains both views */
export function showView(id: string, view: string): boolean {
  const views = document.getElementById(id);
  if (!views) return false;
  const field = document.getElementById(`${view}-${id}`);
  if (field instanceof HTMLInputElement) {
    field.checked = true;
    return true;
  }
  views.dataset.view = view;
  for (const link of document.querySelectorAll<HTMLElement>(`[data-shows$=" ${id}"]`)) {
    if (link.dataset.shows === `${view} ${id}`) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  return true;
}
