'use client';

import type { ReactNode } from 'react';
import { useFormState } from '@/components/actions/server-form';
import type { ErrorCode } from '@/lib/core/errors';

/** What a form shows only if its last submission failed with this code. */
export function WhenError({ code, children }: { code: ErrorCode; children: ReactNode }) {
  const { state } = useFormState();
  return state.outcome === 'error' && state.code === code ? children : null;
}
