import type { OpenApiDocument, Operation, Parameter } from './openapi-document';
import { breakValue, Dice, makeValue, ODD_TEXTS, type Plausible, type ValueMaker } from './openapi-values';

export interface FuzzRequest {
  operation: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

/**
 * A caller to send requests as. Only those with `mayEnd` send requests that end accounts, sessions or tokens.
 */
export interface Identity {
  name: string;
  isAdmin?: boolean;
  authorization: string | null;
  mayEnd: boolean;
}

interface Place {
  key: string;
  name: string;
  slug: string;
  caller: string | undefined;
}

// Operations that end the account, session or token of their caller.
const ENDING = new Set([
  'post /api/v1/auth/logout',
  'post /api/v1/auth/change-password',
  'post /api/v1/auth/change-email',
  'delete /api/v1/users/me',
  'delete /api/v1/users/me/sessions',
  'delete /api/v1/users/me/sessions/{id}',
  'delete /api/v1/users/me/tokens/{id}',
]);
const CREATES = 'post /api/v1/pastes';
const ADMINS_PATCH = 'patch /api/v1/admin/users/{id}';
// Password hashes are slow by design; pictures and archives are expensive.
const WEIGHTS: Readonly<Record<string, number>> = {
  'post /api/v1/auth/register': 0.02,
  'post /api/v1/auth/login': 0.06,
  'post /api/v1/auth/reset-password': 0.05,
  'post /api/v1/auth/change-password': 0.08,
  'post /api/v1/auth/change-email': 0.08,
  'delete /api/v1/users/me': 0.03,
  'post /api/v1/auth/forgot-password': 0.1,
  'post /api/v1/auth/resend-verification': 0.1,
  'put /api/v1/users/me/avatar': 0.1,
  'get /api/v1/users/me/export': 0.02,
  'get /api/ready': 0.1,
  'get /api/cron/sweep': 0.1,
  'get /api/v1/openapi.json': 0.02,
};
const BODILESS = new Set(['GET', 'HEAD']);
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const KEPT = 300;
const RECENT = 30;

/** Identifiers from responses, which are used in later requests. */
class Pool {
  readonly #names: string[];
  #next = 0;

  constructor(...names: string[]) {
    this.#names = names;
  }

  add(name: string): void {
    this.#names[this.#next] = name;
    this.#next = (this.#next + 1) % KEPT;
  }

  get isEmpty(): boolean {
    return this.#names.length === 0;
  }

  draw(dice: Dice): string {
    return dice.pick(this.#names);
  }
}

/** Generates requests for every operation of a document: valid, at the limits, and malformed. */
export class RequestMaker {
  readonly #operations: { key: string; method: string; path: string; operation: Operation; upTo: number }[] =
    [];
  readonly #pools = {
    slug: new Pool('unknownPaste'),
    id: new Pool('00000000-0000-4000-8000-000000000000'),
    username: new Pool('unknown'),
    cursor: new Pool('e30'),
    tag: new Pool('"1.1"'),
  };
  readonly #editKeys = new Map<string, string>();
  /** By the credential whose responses contained them. */
  readonly #ownIds = new Map<string | undefined, Pool>();
  /** Slugs of pastes, by the credential that created them. */
  readonly #ownSlugs = new Map<string | undefined, Pool>();
  readonly #doomedIds: Pool;
  #drawnSlug = '';
  #weight = 0;

  constructor(
    readonly document: OpenApiDocument,
    readonly seed: number,
    readonly identities: readonly Identity[],
    readonly people: { emails: readonly string[]; password: string },
    /** Ids of accounts that admins may change and delete. */
    doomedIds: readonly string[],
    /** Ids that the run depends on. */
    readonly keptIds: ReadonlySet<string>,
  ) {
    this.#doomedIds = new Pool(...doomedIds);
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const key = `${method} ${path}`;
        this.#weight += WEIGHTS[key] ?? 1;
        this.#operations.push({ key, method: method.toUpperCase(), path, operation, upTo: this.#weight });
      }
    }
  }

  /**
   * Request number `index`: the same for the same seed, except for identifiers from responses. It is a request
   * of the given operation (`post /api/v1/pastes`), or of any.
   */
  make(index: number, ofOperation?: string): FuzzRequest {
    const dice = new Dice(Math.imul(this.seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
    const at = dice.roll() * this.#weight;
    const chosen = this.#operations.find(({ key, upTo }) =>
      ofOperation === undefined ? at < upTo : key === ofOperation,
    );
    if (!chosen) throw new Error('The document does not describe the operation.');
    const { key, operation } = chosen;
    const maker: ValueMaker = { document: this.document, dice, plausible: this.#plausible };
    const headers: Record<string, string> = { ...this.#authorize(dice, key) };
    const slug = this.#slug(dice, headers.authorization);
    const query = new URLSearchParams();
    let path = chosen.path;
    for (const parameter of operation.parameters ?? []) {
      if (parameter.in === 'path') {
        const place = { key, name: parameter.name, slug, caller: headers.authorization };
        path = path.replace(`{${parameter.name}}`, this.#segment(dice, place));
      } else if (parameter.in === 'query') this.#addQuery(maker, query, parameter);
      else if (dice.chance(0.6)) headers[parameter.name] = this.#header(maker, parameter, slug);
    }
    if (dice.chance(0.02)) query.append(dice.pick(['unknown', '__proto__', 'limit[]']), 'x');
    const method = this.#method(dice, chosen.method);
    const sent = BODILESS.has(method) ? null : this.#body(maker, operation);
    if (sent) headers['content-type'] = sent.type;
    if (sent && dice.chance(0.01)) headers['content-encoding'] = 'gzip';
    const search = query.size > 0 ? `?${query}` : '';
    return { operation: key, method, path: path + search, headers, body: sent?.bytes ?? null };
  }

  /** Stores the identifiers in a response. */
  learn({ operation, headers }: FuzzRequest, response: { text: string; headers: Headers }): void {
    const etag = response.headers.get('etag');
    if (etag !== null) this.#pools.tag.add(etag);
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    if (!isJson || response.text === '' || response.text.length > 100_000) return;
    const value: unknown = JSON.parse(response.text);
    this.#collect(value, poolOf(this.#ownIds, headers.authorization));
    if (operation !== CREATES) return;
    const { slug } = value as { slug?: unknown };
    if (typeof slug === 'string') poolOf(this.#ownSlugs, headers.authorization).add(slug);
  }

  #collect(value: unknown, own: Pool): void {
    if (Array.isArray(value)) for (const item of value.slice(0, 3)) this.#collect(item, own);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const { slug, edit_key: key, id, uuid, username, next_cursor: cursor } = value as Record<string, unknown>;
    if (typeof slug === 'string') this.#pools.slug.add(slug);
    if (typeof slug === 'string' && typeof key === 'string') this.#editKeys.set(slug, key);
    for (const one of [id, uuid]) {
      if (typeof one !== 'string' || this.keptIds.has(one)) continue;
      this.#pools.id.add(one);
      own.add(one);
    }
    if (typeof username === 'string') this.#pools.username.add(username);
    if (typeof cursor === 'string') this.#pools.cursor.add(cursor);
    for (const inner of Object.values(value)) this.#collect(inner, own);
  }

  readonly #plausible: Plausible = {
    email: (dice) =>
      dice.chance(0.5) ? dice.pick(this.people.emails) : `fuzz-${dice.below(50)}@example.com`,
    password: () => this.people.password,
    current_password: () => this.people.password,
    new_password: () => this.people.password,
    username: (dice) => `fuzz-${dice.below(10_000)}`,
    expires_in: (dice) => dice.pick(['10m', '1d', '1mo', 'never', 'PT5S', 'P1Y2M']),
    language: (dice) => dice.pick(['typescript', 'py', 'text', 'rust']),
    slug: (dice) => {
      const drawn = dice.chance(0.7) ? this.#pools.slug.draw(dice) : `fuzz-${dice.below(10_000)}`;
      const claimable = [...this.#editKeys.keys()].slice(-RECENT);
      this.#drawnSlug = dice.chance(0.3) ? dice.pick([...claimable, drawn]) : drawn;
      return this.#drawnSlug;
    },
    // Mostly that of the slug in the same body.
    edit_key: (dice) => {
      const key = this.#editKeys.get(this.#drawnSlug);
      if (key !== undefined && dice.chance(0.8)) return key;
      return dice.pick([...this.#editKeys.values(), 'AAAAAAAAAAAAAAAAAAAAAA']);
    },
    content: (dice) => `line ${dice.below(100)}\n`.repeat(1 + dice.below(40)),
    cursor: (dice) => this.#pools.cursor.draw(dice),
    locale: (dice) => dice.pick(['en', 'ru']),
    contact_id: (dice) => this.#pools.id.draw(dice),
  };

  #authorize(dice: Dice, key: string): Record<string, string> {
    const fitting = ENDING.has(key) ? this.identities.filter(({ mayEnd }) => mayEnd) : this.identities;
    const preferred = dice.chance(0.5) ? fitting.filter(preferredFor(key)) : [];
    const { authorization } = dice.pick(preferred.length > 0 ? preferred : fitting);
    return authorization === null ? {} : { authorization };
  }

  /** Half of the time a paste of the caller: what only owners may do is otherwise rarely reached. */
  #slug(dice: Dice, caller: string | undefined): string {
    const own = this.#ownSlugs.get(caller);
    return own && dice.chance(0.5) ? own.draw(dice) : this.#pools.slug.draw(dice);
  }

  #segment(dice: Dice, { key, name, slug, caller }: Place): string {
    // Dot segments would be removed from the URL, and an empty one makes another URL.
    if (dice.chance(0.1)) return encodeURIComponent(dice.pick(ODD_TEXTS.filter(isSegment)).slice(0, 300));
    if (name === 'slug') return slug;
    if (name === 'n') return dice.pick(['1', '1', '2', '0', '3', '99', '-1', '1.5', '999999999']);
    if (name === 'username') return this.#pools.username.draw(dice);
    if (key === ADMINS_PATCH) return this.#doomedIds.draw(dice);
    const own = this.#ownIds.get(caller);
    if (own && !own.isEmpty && dice.chance(0.7)) return own.draw(dice);
    return this.#pools.id.draw(dice);
  }

  #addQuery(maker: ValueMaker, query: URLSearchParams, { name, schema, required }: Parameter): void {
    const { dice } = maker;
    if (!required && dice.chance(0.7)) return;
    // The server does not read a longer request line than 16 KiB.
    query.append(
      name,
      String(makeValue(maker, schema, name))
        .toWellFormed()
        .slice(0, 2_000),
    );
    if (dice.chance(0.03)) query.append(name, 'again');
  }

  #header(maker: ValueMaker, { name, schema }: Parameter, slug: string): string {
    const { dice } = maker;
    if (name === 'x-edit-key' && dice.chance(0.9))
      return this.#editKeys.get(slug) ?? 'AAAAAAAAAAAAAAAAAAAAAA';
    if (name.startsWith('if-') && dice.chance(0.8))
      return dice.pick([this.#pools.tag.draw(dice), '*', '"1.1"']);
    if (name === 'idempotency-key' && dice.chance(0.8)) return `key-${dice.below(2_000)}`;
    return String(makeValue(maker, schema, name))
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, 1_000);
  }

  #method(dice: Dice, method: string): string {
    if (method === 'GET' && dice.chance(0.05)) return 'HEAD';
    if (dice.chance(0.01)) return dice.pick(['GET', 'PUT', 'OPTIONS', 'HEAD']);
    return method;
  }

  #body(maker: ValueMaker, { requestBody }: Operation): { type: string; bytes: Buffer } | null {
    const { dice } = maker;
    if (!requestBody) return null;
    const types = Object.keys(requestBody.content);
    // Mostly JSON, if the operation accepts it.
    const type = types[0] === 'application/json' && dice.chance(0.7) ? types[0] : dice.pick(types);
    const schema = requestBody.content[type]?.schema ?? {};
    if (dice.chance(0.03)) return dice.pick(brokenBodies(type));
    if (type === 'application/json') {
      const value = makeValue(maker, schema);
      const sent = dice.chance(0.25) ? breakValue(dice, value) : value;
      return { type, bytes: Buffer.from(JSON.stringify(sent) ?? '') };
    }
    if (type === 'multipart/form-data') return makeForm(dice);
    if (type.startsWith('text/'))
      return { type, bytes: Buffer.from(String(makeValue(maker, schema, 'content'))) };
    return { type: type.replace('*', 'png'), bytes: dice.chance(0.5) ? PICTURE : PICTURE.subarray(0, 40) };
  }
}

/** Who makes half of the requests of an operation, because it succeeds for few others. */
function preferredFor(key: string): (identity: Identity) => boolean {
  if (key.includes('/admin/')) return ({ isAdmin }) => isAdmin === true;
  // Only a paste of a guest can be claimed.
  if (key === CREATES) return ({ authorization }) => authorization === null;
  // The accounts of the others are soon deleted.
  return ({ mayEnd }) => !mayEnd;
}

function poolOf(pools: Map<string | undefined, Pool>, caller: string | undefined): Pool {
  const pool = pools.get(caller) ?? new Pool();
  pools.set(caller, pool);
  return pool;
}

function isSegment(text: string): boolean {
  return (
    text !== '' && text.isWellFormed() && !/^\.+$/.test(decodeURIComponent(text.replace(/%00|%(?!2e)/g, '')))
  );
}

function makeForm(dice: Dice): { type: string; bytes: Buffer } {
  const name = dice.pick(['file', 'file', 'file', 'title', 'payload', '__proto__']);
  const content = dice.chance(0.3) ? PICTURE : Buffer.from('one\ntwo\n');
  const head = `--edge\r\nContent-Disposition: form-data; name="${name}"; filename="a.txt"\r\n\r\n`;
  return {
    type: 'multipart/form-data; boundary=edge',
    bytes: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--edge--\r\n')]),
  };
}

function brokenBodies(type: string): { type: string; bytes: Buffer }[] {
  return [
    { type, bytes: Buffer.from('') },
    { type, bytes: Buffer.from('{"content": "x"') },
    { type, bytes: Buffer.from([0xff, 0xfe, 0x00, 0x7b]) },
    { type, bytes: Buffer.from('['.repeat(5_000)) },
    { type, bytes: Buffer.from(`{"__proto__":{"role":"admin"},"content":"x"}`) },
    { type, bytes: Buffer.from(`{"a":"${'x'.repeat(70_000)}"}`) },
    { type: 'text/html', bytes: Buffer.from('<p>') },
    { type: 'application/x-www-form-urlencoded', bytes: Buffer.from('a=b') },
    { type: 'multipart/form-data', bytes: Buffer.from('--') },
    { type: 'application/json; charset=utf-16', bytes: Buffer.from('{}', 'utf16le') },
  ];
}
