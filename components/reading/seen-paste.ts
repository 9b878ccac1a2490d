import type { Caller } from '@/lib/core/caller';
import type { Grant } from '@/lib/pastes/grants';
import type { PasteRecord } from '@/lib/pastes/queries';

/** A paste, and who looks at it. */
export interface SeenPaste {
  paste: PasteRecord & { grant: Grant | null };
  caller: Caller;
  now: Date;
}
