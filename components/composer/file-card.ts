import type { FileDraft } from '@/lib/pastes/draft';

/** A file in the composer. The form's fields hold what is typed; the card holds what they began with. */
export interface FileCard extends FileDraft {
  key: number;
}

let lastKey = 0;

export function toCard(file: FileDraft): FileCard {
  lastKey += 1;
  return { ...file, key: lastKey };
}
