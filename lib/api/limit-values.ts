import { USER_LIMIT_VALUES } from '../accounts/users/schema';
import { CONTACT_LIMIT_VALUES } from '../contacts/schema';
import { PASTE_LIMIT_VALUES } from '../pastes/schema';
import { REPORT_LIMIT_VALUES } from '../reports/schema';
import { SHARE_LIMIT_VALUES } from '../sharing/schema';

/** The numbers that the messages of `errors.*` and `problems.*` speak of. */
export const LIMIT_VALUES = {
  ...PASTE_LIMIT_VALUES,
  ...USER_LIMIT_VALUES,
  ...CONTACT_LIMIT_VALUES,
  ...SHARE_LIMIT_VALUES,
  ...REPORT_LIMIT_VALUES,
};
