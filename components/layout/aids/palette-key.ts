import { isMac } from './mac';

/** Calls `open` for Ctrl+K, or ⌘K on a Mac, also while a field has the focus; in other alphabets, for the same key. */
export function watchPaletteKey(open: () => void, signal?: AbortSignal): void {
  function press(event: KeyboardEvent) {
    const { ctrlKey, metaKey, altKey, shiftKey, code, key } = event;
    if (ctrlKey === metaKey || altKey || shiftKey || event.repeat || event.isComposing) return;
    if (isMac() !== metaKey) return;
    if (key.toLowerCase() !== 'k' && (code !== 'KeyK' || /^[a-z]$/i.test(key))) return;
    event.preventDefault();
    open();
  }
  // Before the editor, which has a command for some of these.
  document.addEventListener('keydown', press, { capture: true, signal });
}
