import { request as httpRequest } from 'node:http';
import type { z } from 'zod';
import { expectDescribed } from './openapi-contract';
import { fetchDocument } from './openapi-document';
import { type CreatedPaste, createdPasteShape, feedShape } from './shapes';

export interface Answer {
  status: number;
  headers: Headers;
  bytes: Buffer;
  text: string;
  /** The body as JSON of this shape; throws when it is not. */
  json<S extends z.ZodType>(shape: S): z.output<S>;
}

interface Sending {
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
  /** Sent as JSON in place of `body`. */
  json?: unknown;
  editKey?: string;
  signal?: AbortSignal;
}

/**
 * The HTTP side of one mount, called as any program would. Every response of the API is checked against its own
 * document.
 */
export class Api {
  constructor(readonly baseUrl: string) {}

  async send(path: string, { json, editKey, ...init }: Sending = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (json !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
    if (editKey !== undefined) headers.set('x-edit-key', editKey);
    const body = json === undefined ? init.body : JSON.stringify(json);
    const sent: RequestInit = { ...init, headers, redirect: 'manual' };
    if (body !== undefined) sent.body = body;
    const response = await fetch(this.baseUrl + path, sent);
    const answer = toAnswer(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
    return this.#hold(init.method ?? 'GET', path, answer);
  }

  async #hold(method: string, path: string, answer: Answer): Promise<Answer> {
    if (path.startsWith('/api/'))
      expectDescribed(await fetchDocument(this.baseUrl), { method, path, ...answer });
    return answer;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { headers });
  }

  post(path: string, json: unknown): Promise<Answer> {
    return this.send(path, { method: 'POST', json });
  }

  /** A text as `curl --data-binary` sends it. */
  postText(query: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(`/api/v1/pastes${query}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain', ...headers },
    });
  }

  async create(paste: Record<string, unknown>): Promise<CreatedPaste> {
    const answer = await this.post('/api/v1/pastes', paste);
    if (answer.status !== 201) throw new Error(`A paste was refused with ${answer.status}: ${answer.text}`);
    return answer.json(createdPasteShape);
  }

  remove(paste: { slug: string; edit_key: string }): Promise<Answer> {
    return this.send(`/api/v1/pastes/${paste.slug}`, { method: 'DELETE', editKey: paste.edit_key });
  }

  /** The slugs of the public feed, newest first, all pages of it. */
  async listFeed(query = ''): Promise<string[]> {
    const slugs: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = (await this.get(`/api/v1/pastes?limit=100${query}${after}`)).json(feedShape);
      slugs.push(...page.items.map((item) => item.slug));
      cursor = page.next_cursor;
    }
    return slugs;
  }

  /** A request whose path is sent exactly as it is written, which `fetch` does not do. */
  async sendRaw(
    path: string,
    {
      body,
      ...options
    }: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
  ): Promise<Answer> {
    const { hostname, port } = new URL(this.baseUrl);
    const answer = await new Promise<Answer>((resolve, reject) => {
      const request = httpRequest({ hostname, port, path, agent: false, ...options }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const headers = new Headers();
          for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value));
          resolve(toAnswer(response.statusCode ?? 0, headers, Buffer.concat(chunks)));
        });
      });
      request.on('error', reject);
      request.end(body);
    });
    return this.#hold(options.method ?? 'GET', path, answer);
  }
}

function toAnswer(status: number, headers: Headers, bytes: Buffer): Answer {
  const text = bytes.toString();
  return {
    status,
    headers,
    bytes,
    text,
    json: (shape) => shape.parse(JSON.parse(text)),
  };
}
