import { AppError, invalidField } from '../../core/errors';
import { createPaste } from '../../pastes/create';
import { isIndexable } from '../../pastes/policy';
import { readFileText, readPaste } from '../../pastes/read';
import { type CreatePaste, createPasteSchema, MAX_TEXT_BYTES } from '../../pastes/schema';
import { sendJson } from '../answers';
import { decodeText, mediaType, readBytes, validate } from '../body';
import { type ApiApp, type ApiContext, callerOf, guard, recordOpenedBy } from '../context';
import { formOverhead, readForm } from '../form';
import { authenticate, authenticateBrowser } from '../middleware/authenticate';
import { readingSlot } from '../middleware/large-reads';
import { limited } from '../middleware/limited';
import { sendRaw } from './raw';

const MAX_PARTS = 20;

/**
 * The protocol of haste-server, as its clients speak it; what it leaves out has the usual defaults. It has no JSON for
 * a secret paste, which is not found there.
 */
export function addHasteRoutes(app: ApiApp): void {
  const reading = guard({ scope: 'pastes:read' });
  app.use('/documents/*', authenticate);
  app.use('/raw/*', authenticateBrowser);
  app.post('/documents', guard({ scope: 'pastes:write' }), limited('change-pastes'), postDocument);
  app.get('/documents/:key', reading, limited('read-api'), getDocument);
  app.get('/raw/:key', reading, (c) => sendRaw(c, '1', slugIn(c)));
}

async function postDocument(c: ApiContext): Promise<Response> {
  const { paste, editKey } = await createPaste(await parseDocument(c), callerOf(c));
  if (editKey !== null) c.header('X-Edit-Key', editKey);
  return c.json({ key: paste.slug });
}

async function parseDocument(c: ApiContext): Promise<CreatePaste> {
  const isForm = mediaType(c) === 'multipart/form-data';
  const content = isForm
    ? await readDataPart(c)
    : decodeText(await readBytes(c, { max: MAX_TEXT_BYTES }), 'content');
  return validate(createPasteSchema, { content });
}

/** The form of haste-server: one field, `data`. */
async function readDataPart(c: ApiContext): Promise<string> {
  const parts = await readForm(c, {
    maxBytes: MAX_TEXT_BYTES + formOverhead(MAX_PARTS),
    maxParts: MAX_PARTS,
  });
  const data = parts.filter(({ name }) => name === 'data');
  const [first] = data;
  if (data.length > 1) throw invalidField('data', 'parameter_repeated');
  return first ? decodeText(first.content, 'data') : '';
}

async function getDocument(c: ApiContext): Promise<Response> {
  const { paste, grant } = await readPaste(slugIn(c), { caller: callerOf(c), surface: 'bytes' });
  const [first] = paste.files;
  if (!first) throw new AppError('not_found');
  if (!isIndexable(paste)) c.header('X-Robots-Tag', 'noindex');
  await readingSlot(c, [first]);
  const data = await readFileText(first);
  recordOpenedBy(c, grant);
  return sendJson(c, { data, key: paste.slug });
}

/** Clients append a file extension to the key, for the colours. */
function slugIn(c: ApiContext): string {
  return (c.req.param('key') ?? '').split('.', 1)[0] ?? '';
}
