import { hasChosen, keepChoice } from '@/lib/core/browser-storage';
import { nameKeys } from './mac';

const STORED_OFF = 'sheaf:single-keys-off';
const TYPING = 'input, textarea, select, [contenteditable="true"]';
const SWITCH = '[data-switches="shortcuts"]';

/**
 * Single-key shortcuts, inactive in text fields: the element with this key as `data-shortcut` is clicked, or
 * focused if it is a field. They can be turned off, because they interfere with speech input.
 */
export function watchShortcuts(signal?: AbortSignal): void {
  nameKeys();
  for (const input of document.querySelectorAll<HTMLInputElement>(SWITCH))
    input.checked = !hasChosen(STORED_OFF);
  document.addEventListener('keydown', press, { signal });
  document.addEventListener('change', change, { signal });
}

function change({ target }: Event): void {
  if (target instanceof HTMLInputElement && target.matches(SWITCH)) keepChoice(STORED_OFF, !target.checked);
}

function press(event: KeyboardEvent): void {
  const key = event.repeat ? null : singleKeyOf(event);
  const target = key === null ? undefined : findTarget(key);
  if (!target) return;
  event.preventDefault();
  if (target.matches(TYPING)) target.focus();
  else target.click();
}

/**
 * The key, in lower case, if it was pressed as a shortcut; otherwise null. For other alphabets, the key at its
 * position on a Latin keyboard.
 */
export function singleKeyOf(event: KeyboardEvent): string | null {
  const { key, code, target } = event;
  if (event.defaultPrevented || event.isComposing) return null;
  if (event.ctrlKey || event.metaKey || event.altKey || key.length !== 1) return null;
  if (target instanceof Element && target.closest(TYPING)) return null;
  if (document.querySelector<HTMLInputElement>(SWITCH)?.checked === false) return null;
  const isOpen = document.querySelector('dialog[open], [popover]:popover-open') !== null;
  if (isOpen && key !== '?') return null;
  const isForeign = /\p{L}/u.test(key) && !/[a-z]/i.test(key);
  return (isForeign ? code.replace(/^Key/, '') : key).toLowerCase();
}

function findTarget(key: string): HTMLElement | undefined {
  const marked = document.querySelectorAll<HTMLElement>(`[data-shortcut="${CSS.escape(key)}"]`);
  return [...marked].find((element) => element.checkVisibility());
}
