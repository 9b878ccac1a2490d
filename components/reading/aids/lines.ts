import { type HashFormat, PLAIN_HASH } from './hash-format';
import { formatLineHash, type LineRange, parseLineHash, parseTypedLines } from './line-range';
import { showLineTools } from './line-tools';
import { fileInView } from './place';
import { showView } from './tools';

/** Selects lines by clicks on their numbers, keeps the selection in the URL, and shows the lines in it. */
export function watchLines(signal?: AbortSignal, { toHash, toPlace }: HashFormat = PLAIN_HASH): void {
  const main = document.querySelector<HTMLElement>('main');
  // From now on, a single line is also marked here instead of by `:target`.
  main?.setAttribute('data-aided', '');
  let selected: LineRange | null = null;
  let anchor = 0;

  function select(range: LineRange | null) {
    for (const line of document.querySelectorAll('[data-lit]')) line.removeAttribute('data-lit');
    selected = range && light(range);
    showLineTools(selected, toHash);
  }

  /** As `select`, and in the URL. */
  function choose(range: LineRange | null) {
    select(range);
    const { pathname, search } = window.location;
    const hash = toHash(selected ? formatLineHash(selected) : '');
    window.history.replaceState(window.history.state, '', `${pathname}${search}${hash}`);
  }

  function arrive() {
    const range = parseLineHash(toPlace(window.location.hash));
    select(range);
    if (!range) return;
    anchor = range.from;
    reveal(range);
  }

  function click(event: MouseEvent) {
    if (event.target instanceof Element && event.target.closest('[data-does="deselect"]')) {
      const file = selected?.file;
      choose(null);
      // The button is hidden now, and would leave the focus nowhere.
      document.getElementById(`code-${file}`)?.focus({ preventScroll: true });
    }
    const line = numberedLine(event);
    if (!line) return;
    const number = Number(line.dataset.n);
    const file = Number(/^f(\d+)-/.exec(line.id)?.[1] ?? 1);
    const isSame = selected?.file === file;
    if (event.shiftKey && isSame) {
      choose({ file, from: Math.min(anchor, number), to: Math.max(anchor, number) });
    } else if (isSame && selected?.from === number && selected.to === number) {
      choose(null);
    } else {
      anchor = number;
      choose({ file, from: number, to: number });
    }
  }

  function press(event: MouseEvent) {
    if (event.shiftKey && numberedLine(event)) event.preventDefault();
  }

  function jump(event: SubmitEvent) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.id !== 'line-jump') return;
    event.preventDefault();
    const range = parseTypedLines(String(new FormData(form).get('lines')), fileInView());
    if (!range) return;
    form.hidePopover();
    document.getElementById('more-tools')?.hidePopover();
    const hash = toHash(formatLineHash(range));
    if (window.location.hash === hash) arrive();
    else window.location.hash = hash;
    document.getElementById(`code-${range.file}`)?.focus({ preventScroll: true });
  }

  arrive();
  window.addEventListener('hashchange', arrive, { signal });
  document.addEventListener('click', click, { signal });
  document.addEventListener('mousedown', press, { signal });
  document.addEventListener('submit', jump, { signal });
}

/** Marks the lines of a range. @returns those of them that exist; null if none does */
function light({ file, from, to }: LineRange): LineRange | null {
  let number = from;
  for (let line = lineOf(file, number); line && number <= to; line = lineOf(file, number)) {
    line.setAttribute('data-lit', '');
    number += 1;
  }
  return number > from ? { file, from, to: number - 1 } : null;
}

function lineOf(file: number, number: number): HTMLElement | null {
  return document.getElementById(`${file === 1 ? '' : `f${file}-`}L${number}`);
}

/** The line whose number was clicked. */
function numberedLine(event: MouseEvent): HTMLElement | null {
  if (event.button !== 0 || !(event.target instanceof Element)) return null;
  const line = event.target.closest<HTMLElement>('.code-block > span');
  if (!line) return null;
  const width = Number.parseFloat(getComputedStyle(line, '::before').width);
  return event.clientX - line.getBoundingClientRect().left <= width + 8 ? line : null;
}

/** Blocks outside the viewport have an estimated height until rendered, so the first scroll may miss. */
function reveal({ file, from }: LineRange) {
  const line = lineOf(file, from);
  if (!line) return;
  showView(`views-${file}`, 'source');
  line.scrollIntoView({ block: 'start' });
  requestAnimationFrame(() => requestAnimationFrame(() => line.scrollIntoView({ block: 'start' })));
}
