import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { listenAsStandIn } from './stand-in-server';

/** How it answers: properly, with this error, never, or properly but not before the mode changes. */
export type ResendMode = 'ok' | keyof typeof FAULTS | 'hang' | 'hold';

const FAULTS = {
  '403': 'invalid_api_key',
  '422': 'validation_error',
  '429': 'rate_limit_exceeded',
  '500': 'internal_server_error',
} as const;

const mailSchema = z.object({
  from: z.string().min(1),
  to: z.array(z.email()).min(1),
  subject: z.string().min(1),
  html: z.string().min(1),
  text: z.string().min(1),
});

export type AcceptedMail = z.infer<typeof mailSchema> & { id: string; idempotencyKey: string | undefined };

export interface ResendStandIn {
  /** For `RESEND_BASE_URL`. */
  url: string;
  /** For `RESEND_API_KEY`. */
  apiKey: string;
  fail(mode: ResendMode): void;
  /** What it would have sent, oldest first. A repeated idempotency key adds nothing. */
  accepted: AcceptedMail[];
  /** The number of send requests, including failed ones. */
  asked(): number;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  body: object;
}

/**
 * Resend on loopback, as far as `resend` 6 needs it to send mail.
 * @param options.onAccepted is called with each mail before the answer
 */
export async function startResendStandIn(
  options: { onAccepted?: (mail: AcceptedMail) => Promise<void> } = {},
): Promise<ResendStandIn> {
  const apiKey = `re_standin_${randomBytes(12).toString('hex')}`;
  const accepted: AcceptedMail[] = [];
  const answered = new Map<string, { payload: string; id: string }>();
  let mode: ResendMode = 'ok';
  let asked = 0;
  const letGo: (() => void)[] = [];

  async function answer(request: IncomingMessage): Promise<Answer> {
    const payload = await text(request);
    if (mode in FAULTS) return fault(Number(mode), FAULTS[mode as keyof typeof FAULTS], 'As it was told');
    if (request.headers.authorization !== `Bearer ${apiKey}`) {
      return fault(401, 'invalid_api_key', 'API key is invalid');
    }
    const route = `${request.method} ${request.url}`;
    if (route === 'GET /domains') return { status: 200, body: { object: 'list', data: [] } };
    if (route !== 'POST /emails') return fault(404, 'not_found', 'The stand-in does not know this route');
    const key = request.headers['idempotency-key'];
    return accept(payload, typeof key === 'string' ? key : undefined);
  }

  async function accept(payload: string, idempotencyKey: string | undefined): Promise<Answer> {
    const before = idempotencyKey === undefined ? undefined : answered.get(idempotencyKey);
    if (before && before.payload !== payload) {
      return fault(409, 'invalid_idempotent_request', 'Same idempotency key, different payload');
    }
    if (before) return { status: 200, body: { id: before.id } };
    const mail = mailSchema.safeParse(JSON.parse(payload));
    if (!mail.success) return fault(422, 'validation_error', mail.error.message);
    const id = randomUUID();
    accepted.push({ ...mail.data, id, idempotencyKey });
    if (idempotencyKey !== undefined) answered.set(idempotencyKey, { payload, id });
    await options.onAccepted?.({ ...mail.data, id, idempotencyKey });
    return { status: 200, body: { id } };
  }

  const server = createServer(async (request, response) => {
    if (request.method === 'POST') asked += 1;
    if (mode === 'hang') return;
    if (mode === 'hold') await new Promise<void>((resolve) => letGo.push(resolve));
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const { url, stop } = await listenAsStandIn(server);

  return {
    url,
    apiKey,
    accepted,
    asked: () => asked,
    fail(next) {
      mode = next;
      for (const go of letGo.splice(0)) go();
    },
    close: stop,
  };
}

function fault(statusCode: number, name: string, message: string): Answer {
  return { status: statusCode, body: { statusCode, name, message } };
}
