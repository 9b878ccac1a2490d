export interface ShareSheetModule {
  /**
   * Opens the sheet of the paste whose sharing has its page at this path.
   * @returns whether it could be opened
   */
  openShareSheet: (page: string) => Promise<boolean>;
}

const PANEL = 'share-panel';

/**
 * Opens a sheet in place of the share panel and of the page of sharing, where the panel leads to that page. Both are for
 * browsers without a script, and where the sheet cannot be opened.
 */
export function watchShareSheet(load: () => Promise<ShareSheetModule>, signal?: AbortSignal): void {
  async function open(opener: HTMLElement, page: string): Promise<void> {
    opener.setAttribute('aria-busy', 'true');
    const isOpen = await load().then(
      ({ openShareSheet }) => openShareSheet(page),
      () => false,
    );
    opener.removeAttribute('aria-busy');
    if (isOpen) return;
    if (opener instanceof HTMLAnchorElement) window.location.assign(page);
    else document.getElementById(PANEL)?.showPopover({ source: opener });
  }

  function click(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const opener = event.target instanceof Element && event.target.closest<HTMLElement>('a, button');
    const link = document.querySelector<HTMLAnchorElement>(`#${PANEL} a[href$="/share"]`);
    if (!opener || !link) return;
    const leadsThere = opener instanceof HTMLAnchorElement && opener.href === link.href;
    if (!leadsThere && opener.getAttribute('popovertarget') !== PANEL) return;
    event.preventDefault();
    if (!opener.hasAttribute('aria-busy')) void open(opener, link.pathname);
  }
  document.addEventListener('click', click, { signal });
}
