const HEADS = 120;

/** Highlights the current file in the file index and keeps it in view there. */
export function watchPlace(signal?: AbortSignal): void {
  const parts = [...document.querySelectorAll('.file-part')];
  const index = document.querySelector<HTMLElement>('.file-index');
  if (parts.length === 0 || !index) return;
  let current = '';

  function mark() {
    const id = `file-${fileInView()}`;
    if (id === current) return;
    current = id;
    for (const link of index?.querySelectorAll('a') ?? []) {
      if (link.hash.split(/[#&]/).at(-1) !== id) link.removeAttribute('aria-current');
      else {
        link.setAttribute('aria-current', 'location');
        if (index) index.scrollLeft = link.offsetLeft - (index.clientWidth - link.offsetWidth) / 2;
      }
    }
  }

  const observer = new IntersectionObserver(mark, {
    rootMargin: `-${HEADS}px 0px -${window.innerHeight - HEADS - 1}px 0px`,
  });
  for (const part of parts) observer.observe(part);
  mark();
  signal?.addEventListener('abort', () => observer.disconnect());
}

/** The number of the file at the top of the viewport. */
export function fileInView(): number {
  const parts = [...document.querySelectorAll('.file-part')];
  const at = parts.findIndex((part) => part.getBoundingClientRect().bottom > HEADS);
  return at < 0 ? Math.max(1, parts.length) : at + 1;
}
