import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import type { Handler } from 'hono';
import type { LimitName } from '../limits/policies';
import { anyJson, anyRoute } from './answers';
import { type ApiApp, type ApiEnv, guard, type RouteAccess } from './context';
import { limited, limitHeaders } from './middleware/limited';

export interface Route extends RouteConfig, RouteAccess {
  /**
   * The limit that every request counts against, before `handle`; `by-handler` if `handle` counts. Such routes are
   * described with the responses that they all can give, so `responses` has only their own.
   */
  limit?: LimitName | 'by-handler';
  /** Parses for itself: see `body.ts`. */
  handle: Handler<ApiEnv>;
}

/** What the document of an app says of a route. */
export interface DescribedRoute {
  config: RouteConfig;
  /** Whether requests are counted before anything else is done. */
  counted: boolean;
}

const described = new WeakMap<ApiApp, DescribedRoute[]>();

export function describedRoutes(app: ApiApp): readonly DescribedRoute[] {
  return described.get(app) ?? [];
}

/** Adds a route to the app and to its OpenAPI document, behind the guard and the limit. */
export function addRoute(app: ApiApp, { access = 'anyone', scope, limit, handle, ...own }: Route): void {
  const scopes = scope === undefined || scope === 'session' ? [] : [scope].flat();
  const security: RouteConfig['security'] = [{ bearer: scopes }, ...(access === 'anyone' ? [{}] : [])];
  const shared = { ...(limit && anyRoute), ...(limit && takesJson(own) && anyJson) };
  const config = { security, ...own, responses: { ...shared, ...own.responses } };
  const counted = limit !== undefined && limit !== 'by-handler';
  described.set(app, [...describedRoutes(app), { config, counted }]);
  const path = config.path.replace(/\{(\w+)\}/g, ':$1');
  const counting = limit === undefined ? [] : [counted ? limited(limit) : limitHeaders];
  app.on([config.method.toUpperCase()], [path], guard({ access, scope }), ...counting, handle);
}

function takesJson({ request }: RouteConfig): boolean {
  return Object.keys(request?.body?.content ?? {}).join() === 'application/json';
}
