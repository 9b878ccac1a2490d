'use client';

import type { ReactNode } from 'react';
import { useFormState } from '@/components/actions/server-form';
import type { ErrorCode } from '@/lib/core/errors';

/** What a form shows only where its last posting was refused with this code. */
export function WhenRefused({ code, children }: { code: ErrorCode; children: ReactNode }) {
  const { state } = useFormState();
  return state.outcome === 'refused' && state.code === code ? children : null;
}
