import type { BrowserContext, Page } from 'playwright/test';

/**
 * Records, on every page of the context, what a hostile text must not cause: a script that runs,
 * a dialog, an error, a CSP violation, a request to another origin.
 */
export async function recordExecution(context: BrowserContext, origin: string): Promise<string[]> {
  const happened: string[] = [];
  await context.exposeBinding('__executed', ({ page }, what: unknown) => {
    happened.push(`${page.url()} executed ${String(what)}`);
  });
  await context.addInitScript(() => {
    const report = (what: string) => {
      (globalThis as typeof globalThis & { __executed(what: string): void }).__executed(what);
    };
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const) {
      Object.defineProperty(window, name, { value: () => report(name) });
    }
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      report(`${violatedDirective} ${blockedURI}`),
    );
  });
  context.on('dialog', (dialog) => {
    happened.push(`${dialog.page()?.url()} dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('weberror', (error) => happened.push(`${error.page()?.url()} ${String(error.error())}`));
  context.on('console', (message) => {
    if (message.type() === 'error') happened.push(`${message.page()?.url()} ${message.text()}`);
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(?:data|blob):/.test(url)) happened.push(`request ${url}`);
  });
  return happened;
}

/** Elements, attributes and link targets that Sheaf's pages never have. */
export function findStrangeMarkup(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const strange: string[] = [];
    const banned = 'iframe, frame, object, embed, applet, base, meta[http-equiv], marquee, math, plaintext';
    for (const element of document.querySelectorAll(banned)) strange.push(element.outerHTML.slice(0, 200));
    for (const script of document.scripts) {
      if (script.nonce === '' && !script.src.startsWith(location.origin)) strange.push(script.outerHTML);
    }
    const told =
      'a bdi blockquote br code del details div em h1 h2 h3 h4 h5 h6 hr input li ol p pre s span strong summary ' +
      'sup table tbody td th thead tr ul';
    const allowed = new Set(told.split(' '));
    const shown = '.prose *, .data-view *, .code-text *, h1 *, h2 *, .file-index *, .dotted bdi *';
    for (const element of document.querySelectorAll(`main :is(${shown})`)) {
      if (!allowed.has(element.localName)) strange.push(element.outerHTML.slice(0, 200));
    }
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on') || name === 'srcdoc') strange.push(`${element.localName} ${name}=${value}`);
      }
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href], area[href]')) {
      if (!/^(?:https?|mailto):$/.test(link.protocol)) strange.push(link.outerHTML.slice(0, 200));
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>('.prose a')) {
      const href = link.getAttribute('href') ?? '';
      if (!/^(?:https?:\/\/|mailto:|#md\d+-|#file-\d+$|#(?:f\d+-)?L\d+$)/.test(href))
        strange.push(link.outerHTML.slice(0, 200));
    }
    return strange;
  });
}
