import { z } from 'zod';
import { exportAudit } from '../../audit/export';
import { listAudit } from '../../audit/queries';
import { AUDIT_FORMATS, auditPageSchema, listAuditSchema } from '../../audit/schema';
import { invalid, notFound, ok, sendPage } from '../answers';
import { parseQuery } from '../body';
import type { ApiApp } from '../context';
import { headersOf } from '../openapi-headers';
import { addRoute } from '../route';

const PATH = '/api/v1/admin/audit';
const EXPORTS = {
  ndjson: { name: 'Ndjson', type: 'application/x-ndjson' },
  csv: { name: 'Csv', type: 'text/csv' },
};

/** The audit log. */
export function addAuditRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: PATH,
    operationId: 'listAudit',
    summary: 'List what moderators and admins did, newest first; admins only',
    access: 'admin',
    scope: 'admin',
    request: { query: listAuditSchema },
    responses: { 200: ok('A page', auditPageSchema), 404: notFound, 422: invalid },
    limit: 'read-api',
    handle: async (c) => sendPage(c, await listAudit(parseQuery(c, listAuditSchema))),
  });

  for (const format of AUDIT_FORMATS) {
    const { name, type } = EXPORTS[format];
    addRoute(app, {
      method: 'get',
      path: `${PATH}/export.${format}`,
      operationId: `exportAudit${name}`,
      summary: `Export the audit log as ${name}, oldest first; admins only`,
      access: 'admin',
      scope: 'admin',
      responses: {
        200: {
          description: 'All entries, with the fields of `listAudit`',
          headers: headersOf('Content-Disposition'),
          content: { [type]: { schema: z.string() } },
        },
        404: notFound,
      },
      limit: 'export',
      handle: (c) => {
        c.header('Content-Type', `${type}; charset=utf-8`);
        c.header('Content-Disposition', `attachment; filename="sheaf-audit.${format}"`);
        return c.body(exportAudit(format));
      },
    });
  }
}
