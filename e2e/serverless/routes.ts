/** A condition on a request, as in `config.json` of the Build Output API. */
interface Condition {
  type: 'host' | 'header' | 'cookie' | 'query';
  key?: string;
  value?: string;
}

interface Transform {
  type: string;
  op: string;
  target: { key: string };
  args?: string;
}

export interface Route {
  src?: string;
  handle?: Phase;
  dest?: string;
  headers?: Record<string, string>;
  methods?: string[];
  has?: Condition[];
  missing?: Condition[];
  caseSensitive?: boolean;
  /** The next routes of the phase are looked at too. */
  continue?: boolean;
  /** Forgets the status so far. */
  override?: boolean;
  /** The headers replace those of the response. */
  important?: boolean;
  /** Looks whether the new path exists. */
  check?: boolean;
  status?: number;
  middlewarePath?: string;
  middlewareRawSrc?: string[];
  transforms?: Transform[];
}

type Phase = 'start' | 'filesystem' | 'resource' | 'miss' | 'rewrite' | 'hit' | 'error';

const KNOWN_FIELDS = new Set<string>([
  'src',
  'handle',
  'dest',
  'headers',
  'methods',
  'has',
  'missing',
  'caseSensitive',
  'continue',
  'override',
  'important',
  'check',
  'status',
  'middlewarePath',
  'middlewareRawSrc',
  'transforms',
]);

/** The routes of `config.json` by phase. Throws on a field that is not known here. */
export function groupRoutes(routes: readonly Route[]): Record<Phase, Route[]> {
  const phases: Record<Phase, Route[]> = {
    start: [],
    filesystem: [],
    resource: [],
    miss: [],
    rewrite: [],
    hit: [],
    error: [],
  };
  let phase: Phase = 'start';
  for (const route of routes) {
    const strange = Object.keys(route).find((field) => !KNOWN_FIELDS.has(field));
    if (strange !== undefined) throw new Error(`The host does not know the field ${strange} of a route.`);
    if (route.handle === undefined) phases[phase].push(route);
    else phase = route.handle;
  }
  return phases;
}

/** What the routes make of a request. */
export interface Routing {
  method: string;
  host: string;
  path: string;
  query: URLSearchParams;
  /** As the function gets them; by lower-case name. */
  requestHeaders: Record<string, string>;
  responseHeaders: Map<string, string>;
  /** Those that replace the headers of the response. */
  importantHeaders: Map<string, string>;
  cookies: string[];
  status: number | undefined;
}

/** A response of the middleware, which ends the routing. */
export interface MiddlewareAnswer {
  status: number;
  headers: Map<string, string>;
  cookies: string[];
  body: Buffer;
}

interface Surroundings {
  phases: Record<Phase, Route[]>;
  /** Whether the output has this path. */
  exists(path: string): boolean;
  /** Null where it lets the request go on, which it may have changed. */
  runMiddleware(path: string, routing: Routing): Promise<MiddlewareAnswer | null>;
}

/** Where the routes lead: to a path of the output, to a response without one, or to the answer of the middleware. */
export type Destination =
  | { kind: 'path' }
  | { kind: 'none' }
  | { kind: 'middleware'; answer: MiddlewareAnswer };

/**
 * Leads a request through the phases: the routes before the file system, the file system, what follows it
 * (`filesystem`), what follows a path that does not exist (`miss`), dynamic paths (`rewrite`), what is left
 * (`resource`), and then `hit` or `error`.
 */
export async function route(routing: Routing, around: Surroundings): Promise<Destination> {
  const order: Phase[] = ['start', 'filesystem', 'miss', 'rewrite', 'resource'];
  for (const phase of order) {
    const answer = await runPhase(phase, routing, around);
    if (answer !== null) return { kind: 'middleware', answer };
    if (isRedirect(routing)) return { kind: 'none' };
    const isRefused = routing.status !== undefined && routing.status >= 400 && phase !== 'start';
    if (around.exists(routing.path) && (!isRefused || phase === 'miss')) {
      await runPhase('hit', routing, around);
      return { kind: 'path' };
    }
  }
  return routeError(routing, around, routing.status ?? 404);
}

/** Leads to the page for a status. */
export async function routeError(
  routing: Routing,
  around: Surroundings,
  status: number,
): Promise<Destination> {
  routing.status = status;
  await runPhase('error', routing, around);
  if (!around.exists(routing.path)) return { kind: 'none' };
  await runPhase('hit', routing, around);
  return { kind: 'path' };
}

export function isRedirect({ status, responseHeaders }: Routing): boolean {
  return responseHeaders.has('location') && status !== undefined && status >= 300 && status < 400;
}

async function runPhase(
  phase: Phase,
  routing: Routing,
  around: Surroundings,
): Promise<MiddlewareAnswer | null> {
  for (const one of around.phases[phase]) {
    if (phase === 'error' && one.status !== routing.status) continue;
    const match = matchRoute(one, routing);
    if (match === null) continue;
    const answer = await applyRoute(one, match, routing, around);
    if (answer !== null) return answer;
    if (isRedirect(routing)) return null;
    if (endsPhase(one, () => around.exists(routing.path))) return null;
  }
  return null;
}

/** A route that only changes headers of the request ends nothing: Vercel's builder writes such without `continue`. */
function endsPhase(one: Route, exists: () => boolean): boolean {
  if (one.continue === true) return false;
  if (one.check === true && !exists()) return false;
  return one.dest !== undefined || one.status !== undefined || one.transforms === undefined;
}

async function applyRoute(
  one: Route,
  groups: Record<string, string>,
  routing: Routing,
  around: Surroundings,
): Promise<MiddlewareAnswer | null> {
  if (one.override === true && one.middlewarePath === undefined) {
    routing.status = undefined;
  }
  for (const transform of one.transforms ?? []) applyTransform(transform, routing);
  if (one.middlewarePath !== undefined) {
    const answer = await around.runMiddleware(one.middlewarePath, routing);
    if (answer !== null) return answer;
  }
  for (const [name, value] of Object.entries(one.headers ?? {})) {
    const headers = one.important === true ? routing.importantHeaders : routing.responseHeaders;
    headers.set(name.toLowerCase(), substitute(value, groups));
  }
  if (one.status !== undefined) routing.status = one.status;
  if (one.dest !== undefined) follow(one.dest, groups, routing);
  return null;
}

function applyTransform({ type, op, target, args }: Transform, routing: Routing): void {
  if (type !== 'request.headers') throw new Error(`The host does not know the transform ${type}.`);
  if (op === 'delete') delete routing.requestHeaders[target.key];
  else routing.requestHeaders[target.key] = args ?? '';
}

/** The groups of the source and of the conditions, by number and name; null where the route does not match. */
function matchRoute(one: Route, routing: Routing): Record<string, string> | null {
  const match = matchWhole(one.src ?? '', routing.path, one.caseSensitive === true ? '' : 'i');
  if (match === null) return null;
  if (one.methods && !one.methods.includes(routing.method)) return null;
  const groups = groupsOf(match);
  for (const condition of one.has ?? []) {
    const found = matchCondition(condition, routing);
    if (found === null) return null;
    Object.assign(groups, found);
  }
  if (one.missing?.some((condition) => matchCondition(condition, routing) !== null)) return null;
  return groups;
}

function matchCondition(
  { type, key = '', value }: Condition,
  routing: Routing,
): Record<string, string> | null {
  const actual = readValue(type, key, routing);
  if (actual === undefined) return null;
  if (value === undefined) return {};
  const match = matchWhole(value, actual, '');
  return match === null ? null : { ...match.groups };
}

function readValue(type: Condition['type'], key: string, routing: Routing): string | undefined {
  if (type === 'host') return routing.host;
  if (type === 'query') return routing.query.get(key) ?? undefined;
  if (type === 'header') return routing.requestHeaders[key.toLowerCase()];
  const cookies = routing.requestHeaders.cookie?.split(/; */) ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${key}=`))?.slice(key.length + 1);
}

function matchWhole(source: string, text: string, flags: string): RegExpExecArray | null {
  const start = source.startsWith('^') ? '' : '^';
  return new RegExp(source.endsWith('$') ? start + source : `${start}${source}$`, flags).exec(text);
}

function groupsOf(match: RegExpExecArray): Record<string, string> {
  const numbered = match.map((text, index): [string, string] => [String(index), text ?? '']);
  const named = Object.entries(match.groups ?? {}).map(([name, text]): [string, string] => [
    name,
    text ?? '',
  ]);
  return Object.fromEntries([...numbered, ...named]);
}

function substitute(text: string, groups: Record<string, string>): string {
  return text.replace(/\$([A-Za-z_]\w*|\d+)/g, (_, name: string) => groups[name] ?? '');
}

/** Takes the path of a destination, and its query beside the one that is there. */
function follow(dest: string, groups: Record<string, string>, routing: Routing): void {
  const [path = '', query = ''] = dest.split('?');
  const followed = substitute(path, groups);
  routing.path = followed.startsWith('/') ? followed : `/${followed}`;
  for (const [name, value] of new URLSearchParams(query)) {
    routing.query.set(name, substitute(value, groups));
  }
}
