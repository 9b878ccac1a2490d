import { describe, expect, it } from 'vitest';
import { type PageRequest, slugOfLink, terminalPath } from './terminal-path';

const CURL = { 'user-agent': 'curl/8.5.0', accept: '*/*' };
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'sec-fetch-mode': 'navigate',
};

function pathOf(method: string, pathname: string, headers: PageRequest['headers'] = CURL): string | null {
  return terminalPath({ method, pathname, headers });
}

describe('terminalPath: GET and HEAD of a link', () => {
  const wants = (headers: PageRequest['headers']) => pathOf('GET', '/7hPq3nXv9KdR', headers) !== null;

  it.each([
    ['curl/8.5.0'],
    ['Wget/1.21.3'],
    ['HTTPie/3.2.2'],
    ['xh/0.22.2'],
    ['Mozilla/5.0 (Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041'],
    ['Mozilla/5.0 (Linux; Ubuntu; en-US) PowerShell/7.4.1'],
  ])('gives %s the text, with Accept */* and without one', (agent) => {
    expect(wants({ 'user-agent': agent, accept: '*/*' })).toBe(true);
    expect(wants({ 'user-agent': agent })).toBe(true);
    expect(pathOf('HEAD', '/7hPq3nXv9KdR', { 'user-agent': agent })).toBe('/api/terminal/7hPq3nXv9KdR');
    expect(wants({ 'user-agent': agent, accept: 'text/html' })).toBe(false);
    expect(wants({ 'user-agent': agent, accept: 'application/json, */*;q=0.5' })).toBe(false);
  });

  it.each(['rsc', 'next-action', 'sec-fetch-mode'])('gives the page to a terminal client with %s', (name) => {
    expect(wants({ ...CURL, [name]: '1' })).toBe(false);
    expect(wants({ ...CURL, accept: 'text/plain', [name]: '1' })).toBe(true);
  });

  it.each([
    ['node', '*/*'],
    ['python-requests/2.32', '*/*'],
    ['Slackbot-LinkExpanding 1.0', undefined],
    ['libcurl-agent/1.0', '*/*'],
    [undefined, '*/*'],
    [undefined, undefined],
    ['my curl/1.0', '*/*'],
  ])('gives %s, which is no terminal client, the page', (agent, accept) => {
    expect(wants({ 'user-agent': agent, accept })).toBe(false);
  });

  it.each([
    ['text/plain', true],
    ['TEXT/PLAIN; charset=utf-8', true],
    ['text/plain, */*;q=0.1', true],
    ['text/plain;q=0.9, text/html;q=0.8', true],
    ['text/html;q=0.5, text/plain;q=0.6, */*', true],
    ['text/plain, text/*;q=0.5, */*', true],
    ['text/plain, */*', false],
    ['text/plain, text/html', false],
    ['application/json, text/plain, */*', false],
    ['text/plain;q=0.8, application/xhtml+xml', false],
    ['text/plain;q=0', false],
    ['text/plain;q=nonsense', false],
    ['text/*', false],
    ['text/plainish', false],
  ])('takes Accept: %s as a wish for text: %s', (accept, isText) => {
    expect(wants({ ...BROWSER, accept })).toBe(isText);
  });

  it('gives a browser the page', () => expect(wants(BROWSER)).toBe(false));

  it.each([
    ['/7hPq3nXv9KdR', '7hPq3nXv9KdR'],
    ['/release-notes', 'release-notes'],
    ['/Release-Notes.md', 'Release-Notes'],
    ['/abc.tar.gz', 'abc'],
    ['/notes.txt', 'notes'],
    ['/notes.png', 'notes'],
    ['/', null],
    ['/ab', null],
    ['/abc/', null],
    ['/abc/edit', null],
    ['/explore', null],
    ['/login', null],
    ['/docs.md', null],
    ['/robots.txt', null],
    ['/sheaf.mjs', null],
    ['/apple-icon.png', null],
    ['/favicon.ico', null],
    ['/a%20b', null],
    ['/.bashrc', null],
  ])('finds the slug of %s to be %s', (pathname, slug) => {
    expect(slugOfLink(pathname)).toBe(slug);
    expect(pathOf('GET', pathname)).toBe(slug === null ? null : `/api/terminal${pathname}`);
  });
});

describe('terminalPath: other methods', () => {
  it('accepts posts to / except from a browser', () => {
    expect(pathOf('POST', '/')).toBe('/api/terminal');
    expect(pathOf('POST', '/', {})).toBe('/api/terminal');
    for (const name of ['next-action', 'origin', 'sec-fetch-mode', 'sec-fetch-site', 'sec-fetch-user']) {
      expect(pathOf('POST', '/', { ...CURL, [name]: 'x' })).toBeNull();
    }
    for (const pathname of ['/login', '/7hPq3nXv9KdR', '/contacts/new']) {
      expect(pathOf('POST', pathname)).toBeNull();
    }
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('takes every %s from every client', (method) => {
    for (const headers of [CURL, BROWSER]) {
      expect(pathOf(method, '/', headers)).toBe('/api/terminal');
      expect(pathOf(method, '/explore', headers)).toBe('/api/terminal/explore');
      expect(pathOf(method, '/a%20b.txt', headers)).toBe('/api/terminal/a%20b.txt');
      expect(pathOf(method, '/contacts/new', headers)).toBe('/api/terminal/contacts/new');
      expect(pathOf(method, '/robots.txt', headers)).toBe('/api/terminal/robots.txt');
      expect(pathOf(method, '/abc/', headers)).toBeNull();
    }
  });
});
