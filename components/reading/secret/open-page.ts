import { forgetKey } from '@/components/secret/known-keys';
import { newNonce } from '@/components/secret/new-nonce';
import { takePassword } from '@/components/secret/tab-password';
import { EncryptionError } from '@/lib/encryption/errors';
import type { SecretKey } from '@/lib/encryption/key-shape';
import { showLocalTimes } from '../aids/local-times';
import { showKeyTools, watchShare } from '../aids/share';
import { askWorker } from './ask-worker';
import { addKeyToLinks, getKeyOrThrow, keepKey, secretHash } from './key-keeper';
import type { OpenAnswer, OpenFault, OpenRequest } from './open-messages';
import { part, say } from './page-parts';
import { type PageSource, readPageSource } from './page-source';
import { showPaste } from './show-paste';

export interface SecretModules {
  /** `open-worker.ts` */
  open: () => Worker;
  /** `view-worker.ts` */
  view: () => Worker;
  /** `qr-code.ts` */
  qr: Parameters<typeof watchShare>[0];
}

/** Worth the same request again. */
const RETRIED: readonly OpenFault[] = ['unreachable', 'rate_limited', 'unsupported'];

/** Decrypts and shows the secret paste of this page. */
export function openPage(modules: SecretModules, signal?: AbortSignal): void {
  const root = document.getElementById('secret-paste');
  if (!root) return;
  const source = readPageSource(root);
  showLocalTimes();
  reloadForLanguage(signal);
  try {
    const { key, isKept } = getKeyOrThrow(source.slug);
    keepKey(source.slug, key, signal);
    watchShare(modules.qr, signal, secretHash(key));
    new ClosedPage({ source, key, isKept, modules, signal }).start();
  } catch (error) {
    if (!(error instanceof EncryptionError)) throw error;
    say('secret-fault', source.text.t(`secretPage.faults.${error.code}`));
    watchFragment(signal);
  }
}

/** A page without a key begins again with the one that is put into its address. */
function watchFragment(signal?: AbortSignal): void {
  const arrive = () => {
    if (/^#AGE-SECRET-KEY-1/i.test(window.location.hash)) window.location.reload();
  };
  window.addEventListener('hashchange', arrive, { signal });
}

/** What the script wrote is in the language that the page had. */
function reloadForLanguage(signal?: AbortSignal): void {
  const observer = new MutationObserver(() => window.location.reload());
  observer.observe(document.documentElement, { attributeFilter: ['lang'] });
  signal?.addEventListener('abort', () => observer.disconnect());
}

interface ClosedPageOptions {
  source: PageSource;
  key: SecretKey;
  /** See `LinkKey`. */
  isKept: boolean;
  modules: SecretModules;
  signal: AbortSignal | undefined;
}

/** From the closed page to the text: asks for what is needed, and says what failed. */
class ClosedPage {
  readonly #source: PageSource;
  readonly #key: SecretKey;
  readonly #isKept: boolean;
  readonly #modules: SecretModules;
  readonly #ask: (request: OpenRequest) => Promise<OpenAnswer>;
  // A reveal whose answer is lost is the same reveal when it is tried again.
  readonly #nonce = newNonce();
  readonly #signal: AbortSignal | undefined;
  #isBusy = false;

  constructor({ source, key, isKept, modules, signal }: ClosedPageOptions) {
    this.#source = source;
    this.#key = key;
    this.#isKept = isKept;
    this.#modules = modules;
    this.#signal = signal;
    this.#ask = askWorker(modules.open);
  }

  start(): void {
    const form = this.#form();
    const signal = this.#signal;
    part('secret-retry').addEventListener('click', () => void this.#open(), { signal });
    if (form) {
      form.hidden = false;
      form.addEventListener('submit', (event) => this.#submit(event), { signal });
      document
        .getElementById('secret-password-switch')
        ?.addEventListener('click', switchPassword, { signal });
      void this.#begin();
    } else void this.#open();
  }

  /** A wrong key is told before the password is asked for; the password that this tab has just chosen is known. */
  async #begin(): Promise<void> {
    const { slug, paths } = this.#source;
    const field = this.#password();
    if (paths.lock === null || !field) return;
    field.value ||= takePassword(slug);
    if (field.value !== '' && paths.reveal === null) {
      await this.#open();
      return;
    }
    const answer = await this.#ask({ kind: 'check', key: this.#key, lock: paths.lock });
    const isKnown = answer.kind !== 'failed' || RETRIED.includes(answer.fault);
    if (!isKnown && !this.#isBusy) this.#fail(answer.fault);
  }

  #form(): HTMLFormElement | null {
    return document.getElementById('secret-form') as HTMLFormElement | null;
  }

  #password(): HTMLInputElement | null {
    return document.getElementById('secret-password') as HTMLInputElement | null;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const field = this.#password();
    if (field?.value === '') this.#rejectPassword('secretPage.passwordMissing');
    else void this.#open();
  }

  async #open(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#reset();
    const { text, paths, revision, settings } = this.#source;
    say('secret-status', text.t('secretPage.opening'));
    const password = this.#password()?.value ?? '';
    const paste = { key: this.#key, password, paths, nonce: this.#nonce, revision, settings };
    const answer = await this.#ask({ kind: 'open', paste });
    this.#isBusy = false;
    this.#form()?.removeAttribute('aria-busy');
    say('secret-status', '');
    if (answer.kind === 'opened') this.#show(answer);
    else if (answer.kind === 'failed') this.#fail(answer.fault);
  }

  #reset(): void {
    say('secret-fault', '');
    say('secret-password-error', '');
    part('secret-retry').hidden = true;
    this.#password()?.removeAttribute('aria-invalid');
    this.#form()?.setAttribute('aria-busy', 'true');
  }

  #fail(found: OpenFault): void {
    const isOld = found === 'wrong_key' && this.#isKept;
    if (found === 'wrong_key') showKeyTools(false);
    if (isOld || found === 'gone') forgetKey(this.#source.slug);
    const fault = isOld ? 'key_missing' : found;
    if (fault === 'wrong_password') {
      this.#rejectPassword('secretPage.faults.wrong_password');
      return;
    }
    say('secret-fault', this.#source.text.t(`secretPage.faults.${fault}`));
    const isRetried = RETRIED.includes(fault);
    const form = this.#form();
    // The button of the form tries again.
    part('secret-retry').hidden = !isRetried || form !== null;
    if (form && !isRetried) form.hidden = true;
  }

  #rejectPassword(message: 'secretPage.passwordMissing' | 'secretPage.faults.wrong_password'): void {
    const field = this.#password();
    say('secret-password-error', this.#source.text.t(message));
    field?.setAttribute('aria-invalid', 'true');
    field?.select();
    field?.focus();
  }

  #show(answer: Extract<OpenAnswer, { kind: 'opened' }>): void {
    const { slug } = this.#source;
    const key = this.#key;
    const hadForm = this.#form() !== null;
    this.#form()?.remove();
    showPaste(answer, {
      source: this.#source,
      key,
      viewWorker: this.#modules.view,
      pack: () => this.#ask({ kind: 'pack' }),
      signal: this.#signal,
    });
    addKeyToLinks(document, { slug, key });
    // The button that had it is gone.
    if (hadForm) part('secret-title').focus();
  }
}

function switchPassword({ currentTarget }: Event): void {
  const field = document.getElementById('secret-password');
  if (!(field instanceof HTMLInputElement) || !(currentTarget instanceof HTMLElement)) return;
  const isShown = field.type === 'password';
  field.type = isShown ? 'text' : 'password';
  const { show = '', hide = '' } = currentTarget.dataset;
  const [word = '', name = ''] = (isShown ? hide : show).split('|');
  currentTarget.textContent = word;
  currentTarget.setAttribute('aria-label', name);
}
