import { getSettings, updateSettings } from '../../admin/settings';
import {
  type SettingsDto,
  settingsSchema,
  type UpdateSettings,
  updateSettingsSchema,
} from '../../admin/settings-schema';
import { AppError } from '../../core/errors';
import { ifMatchHeader, json, notFound, ok, problemAnswer } from '../answers';
import { parseJson } from '../body';
import { type ApiApp, type ApiContext, memberOf } from '../context';
import { headersOf } from '../openapi-headers';
import { addRoute } from '../route';

const PATH = '/api/v1/admin/settings';

/** What admins set of the instance, within its configuration. */
export function addSettingsRoutes(app: ApiApp): void {
  addRoute(app, {
    method: 'get',
    path: PATH,
    operationId: 'getSettings',
    summary: 'Get the settings of the instance; admins only',
    access: 'admin',
    scope: 'admin',
    responses: {
      200: { ...ok('The settings', settingsSchema), headers: headersOf('ETag') },
      404: notFound,
    },
    limit: 'read-api',
    handle: async (c) => answer(c, await getSettings()),
  });

  addRoute(app, {
    method: 'patch',
    path: PATH,
    operationId: 'updateSettings',
    summary: 'Change the settings of the instance; admins only',
    description:
      'A value must be within what `configured` says. It applies to the next request that this instance answers, and within two seconds to those that others answer.',
    access: 'admin',
    scope: 'admin',
    request: { headers: ifMatchHeader, body: json(updateSettingsSchema) },
    responses: {
      200: { ...ok('The updated settings', settingsSchema), headers: headersOf('ETag') },
      404: notFound,
      412: problemAnswer('Changed since `If-Match`', 'stale'),
    },
    limit: 'read-api',
    handle: async (c) => {
      const input = (await parseJson(c, updateSettingsSchema)) as UpdateSettings;
      const version = versionIn(c.req.header('if-match'));
      return answer(c, await updateSettings(input, { actor: memberOf(c).user, version }));
    },
  });
}

function answer(c: ApiContext, settings: SettingsDto): Response {
  c.header('ETag', `"${settings.version}"`);
  return c.json(settings);
}

/** @throws AppError stale, if the header names no version */
function versionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const version = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) throw new AppError('stale');
  return Number(version);
}
