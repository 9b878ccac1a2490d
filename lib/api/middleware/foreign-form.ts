import type { MiddlewareHandler } from 'hono';
import { FOREIGN_FORM, isForeignForm } from '../../core/http/foreign-form';
import type { ApiEnv } from '../context';

/** For the forms of pages: rejects what another site posts. */
export const denyForeignForm: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (isForeignForm(c.req.raw.headers)) return c.text(FOREIGN_FORM, 403);
  return next();
};
