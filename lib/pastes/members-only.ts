import { AppError } from '../core/errors';
import { isClosedTo } from './policy';

/**
 * On an instance for members, what an anonymous caller does not find may exist once they sign in: all of it is
 * answered with `members_only`, which does not tell whether it exists.
 */
export function asMembersOnly(error: AppError, user: object | null): AppError {
  return error.code === 'not_found' && isClosedTo(user) ? new AppError('members_only') : error;
}
