import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode, STATUS_BY_CODE } from '../core/errors';
import { LOCALES } from '../core/i18n/locale';
import { translatorIn } from '../core/i18n/translator';
import { problemOf } from './problem-document';

describe.each(LOCALES)('in %s', (locale) => {
  it.each(Object.keys(STATUS_BY_CODE) as ErrorCode[])('%s has a title and a sentence', (code) => {
    const { title, detail } = problemOf(new AppError(code), translatorIn(locale));
    for (const text of [title, detail]) expect(text).toMatch(/^[A-ZА-ЯЁ0-9][^{}]+$/);
  });
});
