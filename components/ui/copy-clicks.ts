const SHOWN_MS = 2_000;

/** Handles the buttons of `CopyButton`: copies, and says for two seconds whether it worked. */
export function watchCopyButtons(signal?: AbortSignal): void {
  function click(event: MouseEvent) {
    const button = event.target instanceof Element && event.target.closest<HTMLElement>('[data-copies]');
    if (!button) return;
    event.preventDefault();
    void copy(button);
  }
  document.addEventListener('click', click, { signal });
}

const timers = new WeakMap<HTMLElement, number>();

async function copy(button: HTMLElement): Promise<void> {
  const { copies = '', text } = button.dataset;
  const outcome = await write(text ?? textOf(copies)).then(
    () => 'copied',
    () => 'failed',
  );
  window.clearTimeout(timers.get(button));
  say(button, outcome);
  timers.set(
    button,
    window.setTimeout(() => say(button, null), SHOWN_MS),
  );
}

/** @throws where the browser refuses, and on a page without TLS, which has no clipboard */
async function write(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/** The button shows the word for the outcome; the status beside it is for screen readers. */
function say(button: HTMLElement, outcome: string | null): void {
  if (outcome === null) delete button.dataset.said;
  else button.dataset.said = outcome;
  const word = outcome === null ? null : button.querySelector(`[data-word="${outcome}"]`);
  const status = button.nextElementSibling;
  if (status) status.textContent = word?.textContent ?? '';
}

function textOf(selector: string): string {
  const texts = [...document.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');
  // Lines have their line feeds.
  return selector === '[data-lit]' ? texts.join('').replace(/\n$/, '') : texts.join('\n');
}
