import { singleKeyOf } from './shortcuts';

const STEPS: ReadonlyMap<string | null, number> = new Map([
  ['j', 1],
  ['k', -1],
]);

/** `j` and `k` move the focus between the links with `data-entry`, one for each entry of a list. */
export function watchListKeys(signal?: AbortSignal): void {
  document.addEventListener('keydown', move, { signal });
}

function move(event: KeyboardEvent): void {
  const step = STEPS.get(singleKeyOf(event));
  if (step === undefined) return;
  const links = [...document.querySelectorAll<HTMLElement>('a[data-entry]')];
  const entry = document.activeElement?.closest('li');
  const current = links.findIndex((link) => link.closest('li') === entry);
  const first = step > 0 ? 0 : links.length - 1;
  const next = links[current < 0 ? first : current + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
