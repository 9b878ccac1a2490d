import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../core/errors';
import { RESERVED_WORDS } from '../../core/reserved-words';
import { readPaste } from '../../pastes/read';
import { type ApiApp, type ApiContext, type ApiEnv, callerOf, guard } from '../context';
import { authenticate, authenticateBrowser } from '../middleware/authenticate';
import { limited } from '../middleware/limited';
import { wrongMethod } from '../problem';
import { isSiteFile, slugOfLink, TERMINAL_PREFIX } from '../terminal-path';
import { answerCreated, postPaste } from './create-paste';
import { sendLinkText } from './raw';
import { parsePutPaste } from './terminal';

const READING = ['GET', 'HEAD'];
const ROOT = TERMINAL_PREFIX;
const NAMED = `${TERMINAL_PREFIX}/:name`;
const BELOW = `${TERMINAL_PREFIX}/*`;

/** The paths of pages, for terminal clients; `terminalPath` decides which requests come here. */
export function addLinkRoutes(app: ApiApp): void {
  const writing = guard({ scope: 'pastes:write' });
  app.use(BELOW, vary);
  app.get(NAMED, authenticateBrowser, guard({ scope: 'pastes:read' }), (c) =>
    sendLinkText(c, slugOfLink(`/${nameOf(c)}`) ?? ''),
  );
  app.post(ROOT, authenticate, writing, limited('change-pastes'), postPaste);
  app.put(ROOT, authenticate, writing, limited('change-pastes'), putPaste);
  app.put(NAMED, authenticate, writing, rejectTakenName, limited('change-pastes'), putPaste);
  app.all(ROOT, (c) => answerMethods(c, [...READING, 'POST', 'PUT']));
  app.all(BELOW, (c) => answerMethods(c, READING));
}

/** Two clients that request the same link may get different content: the page or the text. */
const vary: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  c.res.headers.set('Vary', 'Accept, User-Agent');
};

/** Nothing can be created under the name of a page or of a paste that the caller can read. */
const rejectTakenName: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const name = nameOf(c);
  if (RESERVED_WORDS.has(name) || isSiteFile(`/${name}`) || (await isReadable(c, name))) {
    return wrongMethod(c, READING);
  }
  return next();
};

async function isReadable(c: ApiContext, slug: string): Promise<boolean> {
  try {
    await readPaste(slug, { caller: callerOf(c), surface: 'metadata' });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return false;
    throw error;
  }
}

/** The body is the text of one file, whose name is in the path. */
async function putPaste(c: ApiContext): Promise<Response> {
  return answerCreated(c, { input: await parsePutPaste(c, c.req.param('name')), isJson: false });
}

async function answerMethods(c: ApiContext, methods: readonly string[]): Promise<Response> {
  if (c.req.method !== 'OPTIONS') return wrongMethod(c, methods);
  return c.body(null, 204, { Allow: methods.join(', ') });
}

function nameOf(c: ApiContext): string {
  return c.req.param('name') ?? '';
}
