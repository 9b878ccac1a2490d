import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { accentStyle } from '@/lib/core/accent';
import { commonHeaders } from '@/lib/core/http/security-headers';
import { setting } from '@/lib/core/settings/stored-settings';
import { escapeHtml } from '@/lib/text/rendering/escape-html';
import type { PostedReveal } from './posted-reveal';

const RETRY_AFTER_SECONDS = 5;

const TEXTS = {
  en: {
    title: 'Back in a moment',
    body: '{instance} is starting or temporarily busy. Nothing is lost; try again in a few seconds.',
    revealBody:
      '{instance} is starting or temporarily busy. Try again in a few seconds: it counts as one read at most.',
    again: 'Try again',
  },
  ru: {
    title: 'Скоро вернёмся',
    body: '{instance} запускается или сейчас перегружен. Ничего не потеряно; попробуйте через несколько секунд.',
    revealBody:
      '{instance} запускается или сейчас перегружен. Попробуйте через несколько секунд: это будет не больше одного прочтения.',
    again: 'Попробовать ещё раз',
  },
};

const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1c1b19; --muted: #6b675f; --accent: #0f6b5c; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #141413; --ink: #e9e6df; --muted: #9a958a; --accent: #5fc6b0; }
}
body { margin: 0; min-height: 100vh; display: grid; place-content: center; background: var(--paper);
  color: var(--ink); font: 15px/1.6 system-ui, sans-serif; }
main { max-width: 26rem; padding: 24px; }
h1 { margin: 0 0 8px; font-size: 20px; font-weight: 600; }
p { margin: 0 0 16px; color: var(--muted); }
a, button { padding: 12px 0; color: var(--accent); font: inherit; text-decoration: underline; }
button { border: 0; background: none; cursor: pointer; }
`;

function policyFor(style: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Responds to a page request with 503 while the process that renders pages is not available.
 * @param reveal what was posted, to be posted again; other pages are requested again by a link
 */
export function sendUnavailable(
  request: IncomingMessage,
  response: ServerResponse,
  reveal: PostedReveal | null = null,
): void {
  const accent = setting('accent');
  const style = accent === null ? STYLE : STYLE + accentStyle(accent);
  const language = /^\s*ru\b/i.test(request.headers['accept-language'] ?? '') ? 'ru' : 'en';
  response.writeHead(503, {
    ...commonHeaders(),
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policyFor(style),
    // With `no-referrer` the form would come from the origin `null`, and be denied.
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
    'Retry-After': RETRY_AFTER_SECONDS,
    Vary: 'Accept-Language',
  });
  response.end(request.method === 'HEAD' ? undefined : renderPage({ language, style, reveal }));
}

interface Unavailable {
  language: keyof typeof TEXTS;
  style: string;
  reveal: PostedReveal | null;
}

function renderPage({ language, style, reveal }: Unavailable): string {
  const { title, body, revealBody, again } = TEXTS[language];
  const instance = escapeHtml(setting('instance_name'));
  const sentence = (reveal === null ? body : revealBody).replace('{instance}', () => instance);
  const retry = reveal === null ? `<a href="">${again}</a>` : renderForm(reveal, again);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} · ${instance}</title>
<style>${style}</style>
</head>
<body><main><h1>${title}</h1><p>${sentence}</p>${retry}</main></body>
</html>
`;
}

function renderForm({ actionField, nonce }: PostedReveal, again: string): string {
  const fields = `<input type="hidden" name="${actionField}"><input type="hidden" name="nonce" value="${nonce}">`;
  return `<form method="post" enctype="multipart/form-data">${fields}<button>${again}</button></form>`;
}
