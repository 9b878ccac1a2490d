import { z } from 'zod';
import { streamExport } from '../../accounts/export';
import { now } from '../../core/clock';
import { MAX_TEXT_BYTES } from '../../pastes/schema';

import { attachment } from '../attachment';
import { type ApiApp, type ApiContext, callerOf, guard, memberOf } from '../context';
import { readingSlot } from '../middleware/large-reads';
import { limited } from '../middleware/limited';
import { headersOf } from '../openapi-headers';
import { addRoute } from '../route';

/** It also contains the texts and the address book. */
const EXPORT_SCOPES = ['account', 'pastes:read', 'contacts'] as const;

/** A user's data as a ZIP file, for the API and the settings page. */
export function addExportRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/v1/users/me/export',
    operationId: 'exportEverything',
    summary: 'Export your data as a ZIP file; burn pastes without their text',
    access: 'member',
    scope: EXPORT_SCOPES,
    responses: {
      200: {
        description: 'The ZIP file; `unreadable-files.json` in it lists texts that could not be read, if any',
        headers: headersOf('Content-Disposition'),
        content: { 'application/zip': { schema: z.string().meta({ format: 'binary' }) } },
      },
    },
    limit: 'export',
    handle: sendExport,
  });

  app.get(
    '/settings/export',
    async (c, next) => {
      if (callerOf(c).user === null) return c.redirect('/login?next=/settings', 303);
      return next();
    },
    guard({ access: 'member', scope: EXPORT_SCOPES }),
    limited('export'),
    sendExport,
  );
}

async function sendExport(c: ApiContext): Promise<Response> {
  const { user } = memberOf(c);
  // Texts are read one at a time.
  await readingSlot(c, [{ bytes: MAX_TEXT_BYTES }]);
  const at = now();
  const name = `sheaf-${user.username}-${at.toISOString().slice(0, 10)}.zip`;
  return c.body(await streamExport(user, at), 200, {
    'Content-Type': 'application/zip',
    'Content-Disposition': attachment(name),
  });
}
