import type { Caller } from '../../core/caller';
import { now } from '../../core/clock';
import { claimPaste } from '../../pastes/claim';
import { toEnvelopeDto, toListedDto, toPasteDto } from '../../pastes/dto';
import { pastePageSchema, pasteSchema } from '../../pastes/dto-schema';
import { listOwnPastes } from '../../pastes/list-queries';
import { listOwnPastesSchema } from '../../pastes/list-schema';
import { decideRead } from '../../pastes/policy';
import type { PasteRecord } from '../../pastes/queries';
import { claimSchema } from '../../pastes/schema';
import { invalid, json, notFound, ok, sendPage } from '../answers';
import { parseJson, parseQuery } from '../body';
import { type ApiApp, callerOf, memberOf } from '../context';
import { addRoute } from '../route';

export function addOwnPasteRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: '/api/v1/users/me/pastes',
    operationId: 'listOwnPastes',
    summary: 'List your pastes of every visibility',
    access: 'member',
    scope: 'pastes:read',
    request: { query: listOwnPastesSchema },
    responses: { 200: ok('A page', pastePageSchema), 422: invalid },
    limit: 'read-api',
    handle: async (c) => {
      const at = now();
      const caller = callerOf(c);
      const page = await listOwnPastes(memberOf(c).user.id, parseQuery(c, listOwnPastesSchema), at);
      const items = page.items.map((paste) => toListedDto(paste, { envelope: isClosed(paste, caller, at) }));
      return sendPage(c, { ...page, items });
    },
  });

  addRoute(app, {
    method: 'post',
    path: '/api/v1/users/me/claim',
    operationId: 'claimPaste',
    summary: 'Claim a paste created without an account',
    access: 'member',
    scope: 'pastes:write',
    request: { body: json(claimSchema) },
    responses: {
      200: ok('The paste is yours; its edit key no longer works', pasteSchema),
      404: notFound,
    },
    limit: 'claim',
    handle: async (c) => {
      const { slug, edit_key } = await parseJson(c, claimSchema);
      const caller = callerOf(c);
      const paste = await claimPaste({ slug, editKey: edit_key }, caller);
      return c.json(isClosed(paste, caller, now()) ? toEnvelopeDto(paste) : toPasteDto(paste));
    },
  });
}

/** Even its owner sees of a burning paste only that it is there. */
function isClosed(paste: PasteRecord, caller: Caller, at: Date): boolean {
  return decideRead(caller, paste, { surface: 'metadata', now: at }) !== 'full';
}
