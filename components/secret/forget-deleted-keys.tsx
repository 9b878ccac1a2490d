'use client';

import { useEffect } from 'react';
import { forgetDeleted } from './deleted-keys';

/** On the page after a deletion: removes the keys of the deleted pastes from this browser. */
export function ForgetDeletedKeys() {
  useEffect(forgetDeleted, []);
  return null;
}
