'use client';

import { useEffect, useState } from 'react';

const STORED_OFF = 'sheaf:single-keys-off';
const TYPING = 'input, textarea, select, [contenteditable="true"]';

/**
 * Single-key shortcuts, inactive in text fields: the element with this key as `data-shortcut` is clicked, or
 * focused if it is a field. They can be turned off, because they interfere with speech input.
 */
export function Shortcuts({ label, hint }: { label: string; hint: string }) {
  const [isOn, setIsOn] = useState(true);

  useEffect(() => setIsOn(!readsOff()), []);

  useEffect(() => {
    if (!isOn) return;
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [isOn]);

  return (
    <label className="needs-script flex items-center gap-2 text-xs touch:min-h-11" title={hint}>
      <input
        type="checkbox"
        checked={isOn}
        className="size-4 accent-accent"
        onChange={({ target }) => {
          setIsOn(target.checked);
          rememberOff(!target.checked);
        }}
      />
      {label}
    </label>
  );
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
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
