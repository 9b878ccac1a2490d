/**
 * Posts the forms of `/preferences` without leaving the page, so that text typed in it stays.
 * @param show displays the page with the new preference, whose name and value are given
 */
export function watchPreferences(show: (name: string, value: string) => void, signal?: AbortSignal): void {
  async function choose(event: SubmitEvent) {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || form.getAttribute('action') !== '/preferences') return;
    if (!(submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const body = new URLSearchParams({ [submitter.name]: submitter.value });
    // The page to return to is the current one.
    await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
    show(submitter.name, submitter.value);
  }
  document.addEventListener('submit', choose, { signal });
}

/** Shows a theme without loading the page again. */
export function applyTheme(theme: string): void {
  document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[name="theme"]')) {
    button.setAttribute('aria-pressed', String(button.value === theme));
  }
}
