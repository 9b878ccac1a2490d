import type { HashFormat } from './hash-format';
import { formatLineHash, type LineRange } from './line-range';

/** Offers to copy these lines, or the link to them; null hides the tools. */
export function showLineTools(range: LineRange | null, toHash: HashFormat['toHash']): void {
  const tools = document.getElementById('line-tools');
  if (!tools) return;
  tools.hidden = range === null;
  if (!range) return;
  const { from, to } = range;
  const { one = '', many = '' } = tools.dataset;
  const words = (from === to ? one : many)
    .replace('{}', from === to ? `${from}` : `${from}–${to}`)
    .split('|');
  const { origin, pathname } = window.location;
  for (const [index, button] of tools.querySelectorAll<HTMLElement>('[data-copies]').entries()) {
    const label = button.querySelector('span > span');
    if (label) label.textContent = words[index] ?? '';
    if (button.dataset.copies === 'place') {
      button.dataset.text = `${origin}${pathname}${toHash(formatLineHash(range))}`;
    }
  }
}
