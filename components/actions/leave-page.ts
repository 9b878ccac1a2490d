/**
 * Goes to another page. A browser may keep this one and show it again on the way back, as WebKit does without TLS: it
 * is then loaded again, because what it shows has changed.
 */
export function leavePage(href: string): void {
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) window.location.reload();
  });
  window.location.assign(href);
}
