import { AppError } from '../../core/errors';
import { toRevisionDto } from '../../pastes/dto';
import { revisionPageSchema, revisionSchema } from '../../pastes/dto-schema';
import { deleteRevision, readHistory, readRevision } from '../../pastes/history';
import { listRevisionsSchema } from '../../pastes/list-schema';
import { readFileBody, readFileText } from '../../pastes/read';
import {
  bytes,
  editKeyHeader,
  ifNoneMatchHeader,
  invalid,
  notFound,
  ok,
  positionParam,
  problemAnswer,
  sendJson,
  slugOf,
  slugParams,
  unchanged,
} from '../answers';
import { parseQuery } from '../body';
import { isHeld } from '../conditional';
import { type ApiApp, type ApiContext, callerOf, recordOpenedBy } from '../context';
import { readingSlot } from '../middleware/large-reads';
import { addRoute } from '../route';
import { sendBody } from './raw';

const revisionParams = slugParams.extend({ n: positionParam });

/** The history of a paste, for those who may edit it. */
export function addRevisionRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/v1/pastes/{slug}/revisions',
    operationId: 'listRevisions',
    summary: 'List the revisions of a paste, newest first',
    scope: 'pastes:read',
    request: { params: slugParams, headers: editKeyHeader, query: listRevisionsSchema },
    responses: {
      200: ok('A page', revisionPageSchema),
      404: notFound,
      422: invalid,
    },
    limit: 'read-api',
    handle: async (c) => {
      const { cursor, limit } = parseQuery(c, listRevisionsSchema);
      const page = await readHistory(slugOf(c), { caller: callerOf(c), before: cursor, limit });
      return c.json({
        items: page.items.map((revision) => toRevisionDto(revision, page.paste)),
        next_cursor: page.nextBefore === null ? null : String(page.nextBefore),
      });
    },
  });

  addRoute(app, {
    method: 'get',
    path: '/api/v1/pastes/{slug}/revisions/{n}',
    operationId: 'getRevision',
    summary: 'Get a revision with the text of its files',
    scope: 'pastes:read',
    request: { params: revisionParams, headers: editKeyHeader },
    responses: { 200: ok('The revision', revisionSchema), 404: notFound },
    limit: 'read-api',
    handle: async (c) => {
      const { paste, revision, grant } = await readRevision(slugOf(c), numberOf(c), callerOf(c));
      const dto = toRevisionDto(revision, paste);
      await readingSlot(c, revision.files);
      const texts = await Promise.all(revision.files.map(readFileText));
      recordOpenedBy(c, grant);
      return sendJson(c, {
        ...dto,
        files: dto.files.map((file, index) => ({ ...file, content: texts[index] ?? '' })),
      });
    },
  });

  addRoute(app, {
    method: 'get',
    path: '/api/v1/pastes/{slug}/revisions/{n}/raw',
    operationId: 'getRevisionRaw',
    summary: 'Get the bytes of the first file of a revision, or the ciphertext of a secret paste',
    scope: 'pastes:read',
    request: { params: revisionParams, headers: editKeyHeader.extend(ifNoneMatchHeader.shape) },
    responses: {
      200: bytes,
      304: { ...unchanged, headers: bytes.headers },
      404: notFound,
    },
    limit: 'read-api',
    handle: async (c) => {
      const { paste, revision, grant } = await readRevision(slugOf(c), numberOf(c), callerOf(c));
      const [file] = revision.stored;
      if (!file) throw new AppError('not_found');
      if (isHeld(c, `"${file.sha256}"`)) return c.body(null, 304);
      const body = await readFileBody(file);
      recordOpenedBy(c, grant);
      return sendBody(c, { paste, body });
    },
  });

  addRoute(app, {
    method: 'delete',
    path: '/api/v1/pastes/{slug}/revisions/{n}',
    operationId: 'deleteRevision',
    summary: 'Delete an earlier revision',
    scope: 'pastes:write',
    request: { params: revisionParams, headers: editKeyHeader },
    responses: {
      204: { description: 'Deleted' },
      404: notFound,
      409: problemAnswer('It is the current revision', 'conflict'),
    },
    limit: 'read-api',
    handle: async (c) => {
      await deleteRevision(slugOf(c), numberOf(c), callerOf(c));
      return c.body(null, 204);
    },
  });
}

function numberOf(c: ApiContext): number {
  const n = c.req.param('n') ?? '';
  if (!/^[1-9]\d{0,8}$/.test(n)) throw new AppError('not_found');
  return Number(n);
}
