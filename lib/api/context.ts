import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import type { Context, Handler, MiddlewareHandler } from 'hono';
import type { RequestIdVariables } from 'hono/request-id';
import { matchedRoutes } from 'hono/route';
import { type Access, decideAccess } from '../accounts/sign-in/access';
import type { Scope } from '../accounts/tokens/schema';
import type { UserRecord } from '../accounts/users/queries';
import type { Actor, RequestOrigin } from '../core/actor';
import { AppError } from '../core/errors';
import { clientAddressOf } from '../core/http/client-address';
import { logAbove, type Refused } from '../core/security-log';
import type { Role } from '../generated/prisma/enums';
import type { LimitedCaller } from '../limits/enforce';
import { hashEditKey } from '../pastes/edit-key';
import type { Grant } from '../pastes/grants';
import { ANONYMOUS, type Viewer } from '../pastes/policy';
import { recordOpened } from '../sharing/opened';

/** The owner of a request's credential, and its scopes. */
export interface ApiCaller {
  /** Its role is that of the account; what the credential may do with it, `roleOf` says. */
  user: UserRecord;
  /** Null for a personal token, which belongs to no session. */
  session: { id: string; token: string } | null;
  /** Null where there is no limit: everything but personal tokens. */
  scopes: readonly Scope[] | null;
}

export interface ApiEnv {
  Variables: RequestIdVariables & {
    caller?: ApiCaller;
    shareIds?: readonly string[];
    /** Waits until the body of this request may be large; see `middleware/large-bodies.ts`. */
    takeBodySlot?: () => Promise<void>;
  };
}

export type ApiContext = Context<ApiEnv>;
export type ApiApp = OpenAPIHono<ApiEnv>;

export function createApp(): ApiApp {
  return new OpenAPIHono<ApiEnv>();
}

/** Who a route is for, and what a personal token needs for it; `session` is for no personal token at all. */
export interface RouteAccess {
  access?: Access;
  scope?: Scope | readonly Scope[] | 'session';
}

/**
 * Adds a route to the app and to its OpenAPI document, behind the guard. Handlers parse for themselves:
 * see `body.ts`.
 */
export function addRoute(
  app: ApiApp,
  { access = 'anyone', scope, ...config }: RouteConfig & RouteAccess,
  ...handlers: [...MiddlewareHandler<ApiEnv>[], Handler<ApiEnv>]
): void {
  const needed = scope === undefined || scope === 'session' ? [] : scopesOf(scope);
  const security: RouteConfig['security'] = [{ bearer: needed }, ...(access === 'anyone' ? [{}] : [])];
  app.openAPIRegistry.registerPath({ security, ...config });
  const path = config.path.replace(/\{(\w+)\}/g, ':$1');
  app.on([config.method.toUpperCase()], [path], guard({ access, scope }), ...handlers);
}

/** Checks that the caller may use a route. @throws AppError unauthorized, not_found, insufficient_scope */
export function guard({ access = 'anyone', scope }: RouteAccess): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const caller = c.get('caller');
    const decision = decideAccess(caller?.user.role ?? null, access);
    if (decision === 'unauthorized') throw new AppError('unauthorized');
    if (decision === 'absent') throw absentFor(c);
    if (caller?.scopes && !isWithin(caller.scopes, { access, scope }))
      throw new AppError('insufficient_scope');
    if (caller && decideAccess(roleOf(caller), access) === 'absent') throw absentFor(c);
    await next();
  };
}

function absentFor(c: ApiContext): AppError {
  logAbove(refusedBy(c));
  return new AppError('not_found');
}

/** What is logged of a caller who is refused. */
export function refusedBy(c: ApiContext): Refused {
  const pattern = matchedRoutes(c).find(({ path }) => !path.endsWith('*'))?.path;
  return { ...callerOf(c), route: `${c.req.method} ${pattern ?? 'unknown'}` };
}

/** The role that a credential acts with: an admin's personal token without the scope `admin` is a user's. */
export function roleOf({ user, scopes }: ApiCaller): Role {
  return user.role === 'admin' && scopes !== null && !scopes.includes('admin') ? 'user' : user.role;
}

/** The `{id}` of the path. @throws AppError not_found when nothing can have such an id */
export function idOf(c: ApiContext): string {
  const id = z.uuid().safeParse(c.req.param('id'));
  if (!id.success) throw new AppError('not_found');
  return id.data.toLowerCase();
}

/** What is for anyone and names no scope is for any token too. */
function isWithin(scopes: readonly Scope[], { access, scope }: RouteAccess): boolean {
  if (scope === undefined) return access === 'anyone';
  return scope !== 'session' && scopesOf(scope).every((needed) => scopes.includes(needed));
}

function scopesOf(scope: Scope | readonly Scope[]): Scope[] {
  return typeof scope === 'string' ? [scope] : [...scope];
}

/** The caller of a guarded route. */
export function memberOf(c: ApiContext): ApiCaller {
  const caller = c.get('caller');
  if (!caller) throw new AppError('unauthorized');
  return caller;
}

export function actorOf(c: ApiContext): Actor<UserRecord> {
  const { user, session } = memberOf(c);
  return { user, sessionId: session?.id ?? null, origin: originOf(c) };
}

/** The viewer of a paste, by credential, edit key or both. */
export function viewerOf(c: ApiContext): Viewer {
  const caller = c.get('caller');
  const editKey = c.req.header('x-edit-key');
  return {
    ...ANONYMOUS,
    ...(caller ? { userId: caller.user.id, role: roleOf(caller), email: caller.user.email } : {}),
    shareIds: c.get('shareIds') ?? [],
    ...(editKey ? { editKeyHash: hashEditKey(editKey) } : {}),
  };
}

export function callerOf(c: ApiContext): LimitedCaller {
  return { userId: c.get('caller')?.user.id ?? null, address: originOf(c).address };
}

export function originOf(c: ApiContext): RequestOrigin {
  return { address: clientAddressOf(c.req.raw.headers), userAgent: c.req.header('user-agent') ?? '' };
}

/** For an answer that gives the text of what may be shared with the caller. */
export function recordOpenedBy(c: ApiContext, grant: Grant | null): void {
  recordOpened(grant, { method: c.req.method, purpose: c.req.header('sec-purpose') });
}

/** @throws AppError insufficient_scope, if the caller's token does not have this one too */
export function requireScope(c: ApiContext, scope: Scope): void {
  const { scopes } = memberOf(c);
  if (scopes && !scopes.includes(scope)) throw new AppError('insufficient_scope');
}
