import { z } from 'zod';
import { localeForHeader } from '../../core/i18n/locale';
import { listBlockedHashes, unblockHash } from '../../reports/blocked';
import { decideCase } from '../../reports/decide';
import { hidePastes } from '../../reports/hide';
import { getCase, listCases } from '../../reports/queries';
import { reportPaste } from '../../reports/report';
import {
  blockedPageSchema,
  caseDetailSchema,
  casePageSchema,
  createReportSchema,
  decideCaseSchema,
  hiddenPastesSchema,
  hidePastesSchema,
  listBlockedSchema,
  listCasesSchema,
} from '../../reports/schema';
import {
  empty,
  idOf,
  idParams,
  invalid,
  json,
  notFound,
  ok,
  problemAnswer,
  sendPage,
  slugOf,
  slugParams,
  unavailable,
} from '../answers';
import { parseJson, parseQuery } from '../body';
import { type ApiApp, callerOf, memberOf } from '../context';
import { addRoute } from '../route';

const QUEUE = '/api/v1/admin/reports';
const BLOCKED = '/api/v1/admin/blocked-hashes';

/** Reports of pastes, and the queue of the moderators. */
export function addReportRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'post',
    path: '/api/v1/pastes/{slug}/reports',
    operationId: 'reportPaste',
    summary: 'Report a paste to the moderators',
    description:
      'The decision is emailed in the language of `Accept-Language`. A second report of a paste from the same address replaces the first. Of more than 100 reports of one paste only the number is kept.',
    scope: 'pastes:read',
    request: { params: slugParams, body: json(createReportSchema) },
    responses: { 202: empty('Received'), 404: notFound },
    limit: 'report',
    handle: async (c) => {
      const input = await parseJson(c, createReportSchema);
      const locale = localeForHeader(c.req.header('accept-language'));
      await reportPaste(slugOf(c), input, { caller: callerOf(c), locale });
      return c.body(null, 202);
    },
  });

  addRoute(app, {
    method: 'get',
    path: QUEUE,
    operationId: 'listReports',
    summary: 'List open reports by paste, and appeals; moderators only',
    access: 'moderator',
    scope: 'pastes:write',
    request: { query: listCasesSchema },
    responses: { 200: ok('A page', casePageSchema), 404: notFound, 422: invalid },
    limit: 'read-api',
    handle: async (c) => sendPage(c, await listCases(parseQuery(c, listCasesSchema), callerOf(c))),
  });

  addRoute(app, {
    method: 'get',
    path: `${QUEUE}/{id}`,
    operationId: 'getReport',
    summary: 'Get the reports of a paste, with its text; moderators only',
    access: 'moderator',
    scope: 'pastes:write',
    request: { params: idParams },
    responses: { 200: ok('The reports', caseDetailSchema), 404: notFound, 503: unavailable },
    limit: 'read-api',
    handle: async (c) => c.json(await getCase(idOf(c), callerOf(c))),
  });

  addRoute(app, {
    method: 'post',
    path: `${QUEUE}/{id}/decision`,
    operationId: 'decideReport',
    summary: 'Decide the reports of a paste; moderators only',
    access: 'moderator',
    scope: 'pastes:write',
    request: { params: idParams, body: json(decideCaseSchema) },
    responses: {
      204: empty('Decided'),
      404: notFound,
      409: problemAnswer(
        'The paste was edited, another moderator was faster, or the author is the last admin',
        'conflict',
        'last_admin',
      ),
    },
    limit: 'read-api',
    handle: async (c) => {
      const id = idOf(c);
      await decideCase(id, await parseJson(c, decideCaseSchema), memberOf(c));
      return c.body(null, 204);
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/admin/pastes/hide',
    operationId: 'hidePastes',
    summary: 'Hide up to 100 pastes, and decide their open reports with it; moderators only',
    access: 'moderator',
    scope: 'pastes:write',
    request: { body: json(hidePastesSchema) },
    responses: {
      200: ok('The slugs by what became of them', hiddenPastesSchema),
      404: notFound,
    },
    limit: 'read-api',
    handle: async (c) => {
      const { slugs, reason } = await parseJson(c, hidePastesSchema);
      return c.json(await hidePastes(slugs, reason, memberOf(c)));
    },
  });

  addRoute(app, {
    method: 'get',
    path: BLOCKED,
    operationId: 'listBlockedHashes',
    summary: 'List the SHA-256 of texts that cannot be saved; moderators only',
    access: 'moderator',
    scope: 'pastes:write',
    request: { query: listBlockedSchema },
    responses: { 200: ok('A page', blockedPageSchema), 404: notFound, 422: invalid },
    limit: 'read-api',
    handle: async (c) => sendPage(c, await listBlockedHashes(parseQuery(c, listBlockedSchema))),
  });

  addRoute(app, {
    method: 'delete',
    path: `${BLOCKED}/{sha256}`,
    operationId: 'unblockHash',
    summary: 'Allow a blocked text to be saved again; moderators only',
    access: 'moderator',
    scope: 'pastes:write',
    request: { params: z.object({ sha256: z.string() }) },
    responses: { 204: empty('Allowed'), 404: notFound },
    limit: 'read-api',
    handle: async (c) => {
      await unblockHash(c.req.param('sha256') ?? '', memberOf(c));
      return c.body(null, 204);
    },
  });
}
