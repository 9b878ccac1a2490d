import { listApprovals } from '../../reports/approval-queries';
import { approvalPageSchema, decideApprovalSchema, listApprovalsSchema } from '../../reports/approval-schema';
import { decideApproval } from '../../reports/approve';
import { empty, idOf, idParams, invalid, json, notFound, ok, problemAnswer, sendPage } from '../answers';
import { parseJson, parseQuery } from '../body';
import { type ApiApp, memberOf } from '../context';
import { addRoute } from '../route';

const PATH = '/api/v1/admin/approvals';

/** New members whose public pastes wait for a first approval. */
export function addApprovalRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: PATH,
    operationId: 'listApprovals',
    summary: 'List new members with public pastes that wait for approval; moderators only',
    access: 'moderator',
    scope: 'pastes:write',
    request: { query: listApprovalsSchema },
    responses: { 200: ok('A page', approvalPageSchema), 404: notFound, 422: invalid },
    limit: 'read-api',
    handle: async (c) => sendPage(c, await listApprovals(parseQuery(c, listApprovalsSchema))),
  });

  addRoute(app, {
    method: 'post',
    path: `${PATH}/{id}/decision`,
    operationId: 'decideApproval',
    summary: 'Approve a new member, or hide the public pastes that wait; moderators only',
    access: 'moderator',
    scope: 'pastes:write',
    request: { params: idParams, body: json(decideApprovalSchema) },
    responses: {
      204: empty('Decided'),
      404: notFound,
      409: problemAnswer('The waiting pastes have changed', 'conflict'),
    },
    limit: 'read-api',
    handle: async (c) => {
      const id = idOf(c);
      await decideApproval(id, await parseJson(c, decideApprovalSchema), memberOf(c));
      return c.body(null, 204);
    },
  });
}
