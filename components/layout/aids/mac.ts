export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** Lets the stylesheet show the keys of a Mac, by its variant `mac`. */
export function nameKeys(): void {
  if (isMac()) document.documentElement.dataset.keys = 'mac';
}
