import 'server-only';
import { currentResponse } from './next-response';

/** Sets the status of the page being rendered. @returns false where the host hides the response */
export function setPageStatus(status: number): boolean {
  const response = currentResponse();
  if (!response || response.headersSent) return false;
  response.statusCode = status;
  return true;
}

/** Sets a header of the page being rendered; has no effect where the host hides the response. */
export function setPageHeader(name: string, value: string): void {
  const response = currentResponse();
  if (response && !response.headersSent) response.setHeader(name, value);
}

/** Adds to the `Vary` of the page being rendered, which already has the names that Next sets. */
export function addPageVary(names: string): void {
  const response = currentResponse();
  if (response && !response.headersSent) response.appendHeader('Vary', names);
}

/** The method of the request for the page being rendered: a HEAD is rendered like a GET. */
export function pageMethod(): string {
  return currentResponse()?.req.method ?? 'GET';
}

/** Sets a cookie with the page being rendered; has no effect where the host hides the response. */
export function addPageCookie(cookie: string): void {
  const response = currentResponse();
  if (response && !response.headersSent) response.appendHeader('Set-Cookie', cookie);
}
