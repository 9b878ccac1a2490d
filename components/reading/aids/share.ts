import { type HashFormat, PLAIN_HASH } from './hash-format';

type QrModule = Pick<typeof import('../qr-code'), 'qrMarkup'>;

/**
 * Copies, shares and draws the link of this page. Of a secret paste that is the link with its key, so this starts
 * when the key is known.
 */
export function watchShare(
  loadQr: () => Promise<QrModule>,
  signal?: AbortSignal,
  { toHash }: HashFormat = PLAIN_HASH,
): void {
  const { origin, pathname } = window.location;
  const link = `${origin}${pathname}${toHash('')}`;
  const shown = document.getElementById('share-link');
  if (shown) shown.textContent = link;
  for (const button of document.querySelectorAll<HTMLElement>('[data-copies="link"]')) {
    button.dataset.text = link;
  }
  showKeyTools(true);
  for (const button of document.querySelectorAll<HTMLElement>('[data-does="share"]')) {
    button.hidden = !('share' in navigator);
  }

  function click({ target }: MouseEvent) {
    if (!(target instanceof Element) || !target.closest('[data-does="share"]')) return;
    // Closing the share sheet also rejects; that is not an error.
    navigator.share({ url: link }).catch(() => {});
  }

  function open({ target, newState }: ToggleEvent) {
    const place = target instanceof Element && newState === 'open' && target.querySelector('[data-qr]:empty');
    if (!place) return;
    loadQr().then(
      ({ qrMarkup }) => {
        place.innerHTML = qrMarkup(link);
      },
      // The next opening tries again.
      () => {},
    );
  }

  document.addEventListener('click', click, { signal });
  // It does not bubble.
  document.addEventListener('toggle', open, { capture: true, signal });
}

/** Shows the tools that need the key of a secret paste, or takes them away if it opens nothing. */
export function showKeyTools(isShareable: boolean): void {
  for (const tool of document.querySelectorAll<HTMLElement>('[data-needs="key"]')) tool.hidden = !isShareable;
}
