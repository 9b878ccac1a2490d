import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Context, Handler, MiddlewareHandler } from 'hono';
import type { RequestIdVariables } from 'hono/request-id';
import { CLIENT_ADDRESS_HEADER } from '../entry';
import type { LimitedCaller } from '../limits/enforce';
import { hashEditKey } from '../pastes/edit-key';
import { ANONYMOUS, type Viewer } from '../pastes/policy';

export interface ApiEnv {
  Variables: RequestIdVariables;
}

export type ApiContext = Context<ApiEnv>;
export type ApiApp = OpenAPIHono<ApiEnv>;

export function createApp(): ApiApp {
  return new OpenAPIHono<ApiEnv>();
}

/** Adds a route to the app and to its OpenAPI document. Handlers parse for themselves: see `body.ts`. */
export function addRoute(
  app: ApiApp,
  config: RouteConfig,
  ...handlers: [...MiddlewareHandler<ApiEnv>[], Handler<ApiEnv>]
): void {
  app.openAPIRegistry.registerPath(config);
  const path = config.path.replace(/\{(\w+)\}/g, ':$1');
  app.on([config.method.toUpperCase()], [path], ...handlers);
}

/** Who calls: by credentials, of which an edit key is the only kind so far. */
export function viewerOf(c: ApiContext): Viewer {
  const editKey = c.req.header('x-edit-key');
  return editKey ? { ...ANONYMOUS, editKeyHash: hashEditKey(editKey) } : ANONYMOUS;
}

export function callerOf(c: ApiContext): LimitedCaller {
  return { userId: viewerOf(c).userId, address: c.req.header(CLIENT_ADDRESS_HEADER) ?? '' };
}
