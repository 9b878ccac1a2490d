import type { ErrorCode } from '@/lib/core/errors';

/** The result of posting a form. `fields` maps names of form fields to error messages. */
export interface FormState {
  outcome: 'none' | 'saved' | 'error';
  code: ErrorCode | null;
  /** Where to go next, once saved. */
  href: string | null;
  sentence: string | null;
  fields: Record<string, string>;
  /** Of the revision that came in between, when saving failed as stale; to be saved over next. */
  etag: string | null;
  /** What was typed, for the fields that are shown again when the form was posted without JavaScript. */
  values: Record<string, string>;
}

export const NOT_POSTED: FormState = {
  outcome: 'none',
  code: null,
  href: null,
  sentence: null,
  fields: {},
  etag: null,
  values: {},
};
