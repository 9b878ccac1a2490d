import { forgetKey } from '@/components/secret/known-keys';

/** Posts the forms of `PostedForm` without leaving the page; why one is refused is shown in the form. */
export function watchPostedForms(): () => void {
  forgetRefusal();
  function submit(event: SubmitEvent) {
    const { target: form } = event;
    if (!(form instanceof HTMLFormElement) || form.dataset.posted === undefined) return;
    event.preventDefault();
    if (form.ariaBusy !== 'true') void post(form);
  }
  document.addEventListener('submit', submit);
  return () => document.removeEventListener('submit', submit);
}

async function post(form: HTMLFormElement): Promise<void> {
  form.ariaBusy = 'true';
  const { isDone, words } = await send(form);
  if (isDone) {
    if (form.dataset.deletes !== undefined) forgetKey(form.dataset.deletes);
    window.location.assign(words);
    return;
  }
  form.ariaBusy = null;
  const alert = form.querySelector<HTMLElement>('[role="alert"]');
  if (!alert) return;
  alert.hidden = false;
  alert.textContent = words;
}

/** `words` are the address of the next page, or why it was not done. */
async function send(form: HTMLFormElement): Promise<{ isDone: boolean; words: string }> {
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'text/plain' },
      body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])),
    });
    return { isDone: answer.ok, words: await answer.text() };
  } catch {
    return { isDone: false, words: form.dataset.posted ?? '' };
  }
}

/** A reload or a shared link is not to say again that a form was refused. */
function forgetRefusal(): void {
  const url = new URL(window.location.href);
  if (!url.searchParams.has('refused')) return;
  url.searchParams.delete('refused');
  window.history.replaceState(window.history.state, '', url);
}
