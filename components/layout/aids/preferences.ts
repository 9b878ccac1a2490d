/**
 * Posts the forms of `/preferences` without leaving the page, so that text typed in it stays.
 * @param show displays the page with the new preferences
 */
export function watchPreferences(show: () => void): () => void {
  async function choose(event: SubmitEvent) {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || form.getAttribute('action') !== '/preferences') return;
    if (!(submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const body = new URLSearchParams({ [submitter.name]: submitter.value });
    // The page to return to is the current one.
    await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
    show();
  }
  document.addEventListener('submit', choose);
  return () => document.removeEventListener('submit', choose);
}
