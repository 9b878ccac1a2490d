const STORED_OFF = 'sheaf:single-keys-off';
const TYPING = 'input, textarea, select, [contenteditable="true"]';
const SWITCH = '[data-switches="shortcuts"]';

/**
 * Single-key shortcuts, inactive in text fields: the element with this key as `data-shortcut` is clicked, or
 * focused if it is a field. They can be turned off, because they interfere with speech input.
 */
export function watchShortcuts(): () => void {
  for (const input of document.querySelectorAll<HTMLInputElement>(SWITCH)) input.checked = !readsOff();
  document.addEventListener('keydown', press);
  document.addEventListener('change', change);
  return () => {
    document.removeEventListener('keydown', press);
    document.removeEventListener('change', change);
  };
}

function change({ target }: Event): void {
  if (target instanceof HTMLInputElement && target.matches(SWITCH)) rememberOff(!target.checked);
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
  if (document.querySelector<HTMLInputElement>(SWITCH)?.checked === false) return;
  const isOpen = document.querySelector('dialog[open], [popover]:popover-open') !== null;
  if (isOpen && event.key !== '?') return;
  const target = findTarget(event);
  if (!target) return;
  event.preventDefault();
  if (target.matches(TYPING)) target.focus();
  else target.click();
}

/** For other alphabets, uses the key's position on a Latin keyboard. */
function findTarget({ key, code }: KeyboardEvent): HTMLElement | undefined {
  const isForeign = /\p{L}/u.test(key) && !/[a-z]/i.test(key);
  const name = isForeign ? code.replace(/^Key/, '') : key;
  const marked = document.querySelectorAll<HTMLElement>(
    `[data-shortcut="${CSS.escape(name.toLowerCase())}"]`,
  );
  return [...marked].find((element) => element.checkVisibility());
}

function readsOff(): boolean {
  try {
    return localStorage.getItem(STORED_OFF) !== null;
  } catch {
    return false;
  }
}

function rememberOff(isOff: boolean): void {
  try {
    if (isOff) localStorage.setItem(STORED_OFF, '1');
    else localStorage.removeItem(STORED_OFF);
  } catch {
    // Without storage, the choice applies to this page only.
  }
}
