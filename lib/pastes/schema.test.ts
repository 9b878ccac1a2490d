import { describe, expect, it } from 'vitest';
import { createPasteSchema, MAX_FILES, MAX_NAME_LENGTH, MAX_TITLE_LENGTH, updatePasteSchema } from './schema';

function faultsOf(
  input: unknown,
  schema: typeof createPasteSchema | typeof updatePasteSchema = createPasteSchema,
) {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]);
}

const file = { content: 'text' };

describe('createPasteSchema', () => {
  it.each<[string, unknown, string, string]>([
    ['nothing', {}, 'files', 'files_none'],
    ['no file', { files: [] }, 'files', 'files_none'],
    ['21 files', { files: Array(MAX_FILES + 1).fill(file) }, 'files', 'files_too_many'],
    ['an empty text', { content: '' }, 'content', 'text_empty'],
    ['white space', { content: ' \n\t\u00a0\ufeff' }, 'content', 'text_empty'],
    ['empty files', { files: [{ content: '' }, { content: ' ' }] }, 'files.0.content', 'text_empty'],
    ['NUL', { content: 'a\0b' }, 'content', 'nul'],
    ['a lone surrogate', { content: 'a\ud800b' }, 'content', 'not_unicode'],
    ['a path as name', { files: [{ name: '../a', content: 'x' }] }, 'files.0.name', 'name_has_path'],
    ['two dots as name', { files: [{ name: '..', content: 'x' }] }, 'files.0.name', 'name_has_path'],
    [
      'a long name',
      { files: [{ name: 'a'.repeat(MAX_NAME_LENGTH + 1), content: 'x' }] },
      'files.0.name',
      'name_too_long',
    ],
    [
      'a line break in a name',
      { files: [{ name: 'a\nb', content: 'x' }] },
      'files.0.name',
      'control_characters',
    ],
    ['a long title', { title: 'a'.repeat(MAX_TITLE_LENGTH + 1), content: 'x' }, 'title', 'title_too_long'],
    ['an unknown visibility', { content: 'x', visibility: 'secret' }, 'visibility', 'visibility_unknown'],
    ['garbage as lifetime', { content: 'x', expires_in: 'soon' }, 'expires_in', 'lifetime_unknown'],
    [
      'two lifetimes',
      { content: 'x', expires_in: '1d', expires_at: '2030-01-01T00:00:00Z' },
      'expires_at',
      'lifetime_twice',
    ],
    ['text twice', { content: 'x', files: [file] }, 'content', 'content_and_files'],
    ['a language for files', { files: [file], language: 'rust' }, 'language', 'language_without_content'],
  ])('rejects %s', (_name, input, path, message) => {
    expect(faultsOf(input)).toContainEqual([path, message]);
  });

  it.each([
    '{"extra":1}',
    '{"title":["a"]}',
    '{"title":{"not":""}}',
    '{"__proto__":{"title":"a"}}',
    '{"burn_after":0}',
    '{"burn_after":101}',
    '{"burn_after":1.5}',
    '{"burn_after":"1"}',
    '{"burn_after":1,"visibility":"public"}',
  ])('rejects %s beside a text', (extra) => {
    expect(faultsOf({ content: 'x', ...JSON.parse(extra) })).toHaveLength(1);
  });

  it('takes exactly the limits, keeps the text as it is, and finds languages by alias', () => {
    const content = '\ufeffa\r\nb\rc \u{1f600}';
    const parsed = createPasteSchema.parse({
      title: 'a'.repeat(MAX_TITLE_LENGTH),
      files: [
        { name: 'n'.repeat(MAX_NAME_LENGTH), language: 'TS', content },
        ...Array(MAX_FILES - 1).fill(file),
      ],
    });
    expect(parsed.files).toHaveLength(MAX_FILES);
    expect(parsed.files[0]).toMatchObject({ language: 'typescript', content });
  });

  it.each([1, 100, null])('takes %j reads', (burn_after) => {
    expect(createPasteSchema.parse({ content: 'x', burn_after })).toMatchObject({ burn_after });
  });

  it('turns the shorthand into one file', () => {
    expect(createPasteSchema.parse({ content: 'x', language: 'rust' }).files).toEqual([
      { content: 'x', language: 'rust' },
    ]);
  });
});

describe('updatePasteSchema', () => {
  it('wants at least one change', () => {
    expect(faultsOf({}, updatePasteSchema)).toContainEqual(['', 'nothing_to_change']);
    expect(faultsOf({ title: '' }, updatePasteSchema)).toEqual([]);
    expect(faultsOf({ expires_at: null }, updatePasteSchema)).toEqual([]);
    expect(faultsOf({ title: '', burn_after: 1 }, updatePasteSchema)).toHaveLength(1);
  });
});
