import type { Translate } from '../core/i18n/translator';
import { CREDENTIALS, type FormRefusal } from './form-refusal';
import { LIMIT_VALUES } from './limit-values';

/** Where the general words about an error are not those of a form. */
const WORDS: Partial<Record<FormRefusal, string>> = {
  stale: 'reading.settingsStale',
  unauthorized: 'reading.signedOut',
  [CREDENTIALS]: `errors.${CREDENTIALS}`,
};

/** The reason in one sentence. */
export function refusalSentence(refusal: FormRefusal, t: Translate): string {
  return t(WORDS[refusal] ?? `problems.${refusal}.detail`, LIMIT_VALUES);
}
