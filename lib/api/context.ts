import type { IncomingMessage } from 'node:http';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { type Access, decideAccess } from '../accounts/sign-in/access';
import type { Scope } from '../accounts/tokens/schema';
import { anonymousCaller, type Caller, type Member } from '../core/caller';
import { AppError } from '../core/errors';
import { type Denied, logAbove } from '../core/security-log';
import { hashEditKey } from '../pastes/edit-key';
import type { Grant } from '../pastes/grants';
import { recordOpened } from '../sharing/opened';

export interface ApiEnv {
  Bindings: {
    /** The request as Node received it, under the self-hosted front. */
    incoming?: IncomingMessage;
  };
  Variables: {
    requestId: string;
    /** Set by `authenticate`; read it with `callerOf`. */
    caller?: Caller;
    /** Waits until the body of this request may be that large; see `middleware/large-bodies.ts`. */
    takeBodySlot?: (bytes: number) => Promise<void>;
    /** Gives back the slot of `readingSlot`; see `middleware/large-reads.ts`. */
    giveBackRead?: () => void;
  };
}

export type ApiContext = Context<ApiEnv>;
export type ApiApp = Hono<ApiEnv>;

export function createApp(): ApiApp {
  return new Hono<ApiEnv>();
}

/** Who a route is for, and what a personal token needs for it; `session` is for no personal token at all. */
export interface RouteAccess {
  access?: Access;
  scope?: Scope | readonly Scope[] | 'session';
}

/** Checks that the caller may use a route. @throws AppError unauthorized, not_found, insufficient_scope */
export function guard({ access = 'anyone', scope }: RouteAccess): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const { user, role, scopes } = callerOf(c);
    const decision = decideAccess(user?.role ?? null, access);
    if (decision === 'unauthorized') throw new AppError('unauthorized');
    if (decision === 'absent') throw absentFor(c);
    if (scopes && !isWithin(scopes, { access, scope })) throw new AppError('insufficient_scope');
    if (user && decideAccess(role, access) === 'absent') throw absentFor(c);
    await next();
  };
}

function absentFor(c: ApiContext): AppError {
  logAbove(denialOf(c));
  return new AppError('not_found');
}

/** What is logged of a caller who is denied access. */
export function denialOf(c: ApiContext): Denied {
  return { ...callerOf(c), route: `${c.req.method} ${routeOf(c)}` };
}

/** The pattern of the path, such as `/api/v1/pastes/:slug`; `unknown` where no route has it. */
export function routeOf(c: ApiContext): string {
  return matchedRoutes(c).find(({ path }) => !path.endsWith('*'))?.path ?? 'unknown';
}

/** A route for anyone without a scope accepts every token. */
function isWithin(scopes: readonly string[], { access, scope }: RouteAccess): boolean {
  if (scope === undefined) return access === 'anyone';
  return scope !== 'session' && scopesOf(scope).every((needed) => scopes.includes(needed));
}

function scopesOf(scope: Scope | readonly Scope[]): Scope[] {
  return typeof scope === 'string' ? [scope] : [...scope];
}

/** Who makes the request: anonymous, or by the credential that `authenticate` has accepted. */
export function callerOf(c: ApiContext): Caller {
  const authenticated = c.get('caller');
  if (authenticated) return authenticated;
  const editKey = c.req.header('x-edit-key');
  return { ...anonymousCaller(c.req.raw.headers), editKeyHash: editKey ? hashEditKey(editKey) : null };
}

/** The caller of a guarded route. */
export function memberOf(c: ApiContext): Member {
  const { user, ...caller } = callerOf(c);
  if (!user) throw new AppError('unauthorized');
  return { ...caller, user };
}

/** For a response with the text of a paste that may be shared with the caller. */
export function recordOpenedBy(c: ApiContext, grant: Grant | null): void {
  recordOpened(grant, { method: c.req.method, purpose: c.req.header('sec-purpose') });
}

/** @throws AppError insufficient_scope, if the caller's token does not have this scope */
export function requireScope(c: ApiContext, scope: Scope): void {
  const { scopes } = memberOf(c);
  if (scopes && !scopes.includes(scope)) throw new AppError('insufficient_scope');
}
