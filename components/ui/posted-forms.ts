import { forgetKey } from '@/components/secret/known-keys';

/** Posts the forms of `PostedForm` without leaving the page; why one is refused is shown in the form. */
export function watchPostedForms(signal?: AbortSignal): void {
  forgetRefusal();
  function submit(event: SubmitEvent) {
    const { target: form } = event;
    if (!(form instanceof HTMLFormElement) || form.dataset.posted === undefined) return;
    event.preventDefault();
    if (form.ariaBusy !== 'true') void post(form);
  }
  // A page that was left by its form, and is shown again as it was. Its paste may be deleted.
  function show({ persisted }: PageTransitionEvent) {
    if (persisted && isLeft) window.location.reload();
  }
  document.addEventListener('submit', submit, { signal });
  window.addEventListener('pageshow', show, { signal });
}

let isLeft = false;

async function post(form: HTMLFormElement): Promise<void> {
  form.ariaBusy = 'true';
  const { isDone, words } = await send(form);
  if (isDone) {
    if (form.dataset.deletes !== undefined) forgetKey(form.dataset.deletes);
    isLeft = true;
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
    if (isWords(answer)) return { isDone: answer.ok, words: await answer.text() };
  } catch {
    // There was no answer.
  }
  return { isDone: false, words: form.dataset.posted ?? '' };
}

/** An answer of another kind is not Sheaf's, but such as that of a proxy before it. */
function isWords({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/plain') ?? false;
}

/** A reload or a shared link is not to say again that a form was refused. */
function forgetRefusal(): void {
  const url = new URL(window.location.href);
  if (!url.searchParams.has('refused')) return;
  url.searchParams.delete('refused');
  window.history.replaceState(window.history.state, '', url);
}
