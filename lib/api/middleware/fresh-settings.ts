import type { MiddlewareHandler } from 'hono';
import { areSettingsFresh, refreshSettings } from '../../core/settings/stored-settings';
import type { ApiEnv } from '../context';

/** Answers by what admins have set for the instance, as of two seconds ago or later. */
export const freshSettings: MiddlewareHandler<ApiEnv> = async (_c, next) => {
  if (!areSettingsFresh()) await refreshSettings();
  await next();
};
