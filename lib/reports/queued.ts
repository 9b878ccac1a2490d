import { ALIVE } from '../pastes/queries';

/** Which cases `c` the queue has, in SQL: open ones of pastes that are alive, and appeals; `$1` is now. */
export const QUEUED = `c.is_open and (c.appealed_at is not null
  or exists (select 1 from pastes p where p.id = c.paste_id and ${ALIVE}))`;
