import type { ErrorCode } from '@/lib/core/errors';
import type { CredentialReport } from '@/lib/text/credentials/report-credentials';

/** The result of posting a form. `fields` maps names of form fields to error messages. */
export interface FormState {
  /** `asked`: nothing was saved, because the author has to decide about `credentials` first. */
  outcome: 'none' | 'saved' | 'error' | 'asked';
  code: ErrorCode | null;
  /** Where to go next, once saved. */
  href: string | null;
  sentence: string | null;
  fields: Record<string, string>;
  /** The messages about fields that the form does not have, where it was posted without JavaScript. */
  unasked: string[];
  /** Of the revision that came in between, when saving failed as stale; to be saved over next. */
  etag: string | null;
  /** What was typed, for the fields that are shown again when the form was posted without JavaScript. */
  values: Record<string, string>;
  credentials: CredentialReport | null;
}

export const NOT_POSTED: FormState = {
  outcome: 'none',
  code: null,
  href: null,
  sentence: null,
  fields: {},
  unasked: [],
  etag: null,
  values: {},
  credentials: null,
};
