import { expect } from 'playwright/test';
import type { Answer, Api } from './api';
import { type Problem, problemShape } from './shapes';

/** The headers that every response has. */
export function expectCommonHeaders({ headers }: Answer): void {
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  // Pages need the Origin of their own forms, which `no-referrer` would take away.
  expect(headers.get('referrer-policy')).toMatch(/^(no-referrer|same-origin)$/);
  expect(headers.get('x-frame-options')).toBe('DENY');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).not.toContain('unsafe-eval');
  expect(headers.get('cache-control')).toMatch(headers.has('etag') ? /^private, no-/ : /no-store/);
  expect(headers.has('x-powered-by')).toBe(false);
}

/** An error in the one shape that errors have. */
export function expectProblem(answer: Answer, status: number, code?: string): Problem {
  expect(answer.status, answer.text.slice(0, 500)).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('x-request-id')).toBeTruthy();
  expect(answer.headers.get('server-timing')).toMatch(/^total;dur=\d+(\.\d+)?$/);
  expectCommonHeaders(answer);
  const problem = answer.json(problemShape);
  expect(problem.status).toBe(status);
  if (code !== undefined) expect(problem.code).toBe(code);
  return problem;
}

/** Every path by which a client without credentials could reach a paste. */
export function pathsOf(slug: string): string[] {
  return [
    `/${slug}`,
    `/${slug}/raw`,
    `/${slug}/raw/1`,
    `/${slug}/download`,
    `/${slug}/preview.png`,
    `/api/v1/pastes/${slug}`,
    `/api/v1/pastes/${slug}?content=1`,
    `/api/v1/pastes/${slug}/raw`,
    `/api/v1/pastes/${slug}/files/1/raw`,
    `/raw/${slug}`,
    `/documents/${slug}`,
  ];
}

/** What each of `pathsOf` answers, and whether the feed names the paste: `path status`. */
export async function lookEverywhere(api: Api, slug: string): Promise<string[]> {
  const answers = await Promise.all(
    pathsOf(slug).map(async (path) => `${path} ${(await api.get(path)).status}`),
  );
  return [...answers, `feed ${(await api.listFeed()).includes(slug)}`];
}

/** What `lookEverywhere` finds of a paste that is not there. */
export function goneEverywhere(slug: string): string[] {
  return [...pathsOf(slug).map((path) => `${path} 404`), 'feed false'];
}
