import 'server-only';
import { textOf } from '@/components/actions/parse-fields';
import type { PasteRecord } from '@/lib/pastes/queries';
import { MAX_FILES, type UpdatePaste } from '@/lib/pastes/schema';
import { readUtf8 } from '@/lib/text/unicode/read-utf8';
import { type Draft, EMPTY_FILE, type FileDraft, isBlankFile } from './draft';
import { restoreLineEnds, toLineFeeds } from './newlines';
import { readSaveChoice, type SaveChoice } from './save-choice';

export type Intent =
  | { kind: 'save'; choice: SaveChoice | null }
  | { kind: 'add' }
  | { kind: 'remove'; file: number };

export interface DraftForm {
  draft: Draft;
  intent: Intent;
  /** Names of uploaded files that are not text. */
  binaries: string[];
}

/** Reads the composer's form, as posted with or without JavaScript. */
export async function readDraftForm(form: FormData, originals: readonly string[] = []): Promise<DraftForm> {
  const files: FileDraft[] = [];
  const binaries: string[] = [];
  for (let index = 0; index < MAX_FILES && form.has(`files.${index}.name`); index += 1) {
    files.push(await readFile(form, index, originals));
  }
  for (const upload of form.getAll('uploads')) {
    if (typeof upload === 'string' || (upload.size === 0 && upload.name === '')) continue;
    // One file too many is enough to be refused for; a form may bring any number.
    if (files.length > MAX_FILES || binaries.length >= MAX_FILES) break;
    const text = await decode(upload);
    if (text === null) binaries.push(upload.name);
    else addUpload(files, { ...EMPTY_FILE, name: upload.name, text });
  }
  const draft: Draft = {
    title: textOf(form, 'title'),
    files: files.length > 0 ? files : [EMPTY_FILE],
    lifetime: textOf(form, 'lifetime'),
    expiresAt: textOf(form, 'expires_at'),
    utcOffset: Number(textOf(form, 'utc_offset')) || 0,
    visibility: textOf(form, 'visibility'),
    burnAfter: textOf(form, 'burn_after'),
    slug: textOf(form, 'slug').trim(),
  };
  return { draft, intent: readIntent(form), binaries };
}

/** What of the input differs from the paste as it is; null if nothing does. */
export function changesOf(
  input: UpdatePaste,
  { paste, originals }: { paste: PasteRecord; originals: readonly string[] },
): UpdatePaste | null {
  const { title, visibility, files, ...lifetime } = input;
  const sameFiles =
    files?.length === paste.files.length &&
    files.every((file, index) => {
      const before = paste.files[index];
      const sameLabel = before?.name === (file.name ?? '') && before.language === file.language;
      return sameLabel && originals[index] === file.content;
    });
  const changes: UpdatePaste = {
    ...lifetime,
    title: title === paste.title ? undefined : title,
    visibility: visibility === paste.visibility ? undefined : visibility,
    files: sameFiles ? undefined : files,
  };
  return Object.values(changes).some((value) => value !== undefined) ? changes : null;
}

/** Files without name and text were never filled in; one is kept, to say so. */
export function withoutBlanks(files: readonly FileDraft[]): FileDraft[] {
  const filled = files.filter((file) => !isBlankFile(file));
  return filled.length > 0 ? filled : files.slice(0, 1);
}

async function readFile(form: FormData, index: number, originals: readonly string[]): Promise<FileDraft> {
  const field = (name: string) => `files.${index}.${name}`;
  const source = /^\d{1,2}$/.test(textOf(form, field('source'))) ? Number(form.get(field('source'))) : null;
  const content = form.get(field('content'));
  const exact = content instanceof File ? await decode(content) : null;
  return {
    name: textOf(form, field('name')),
    language: textOf(form, field('language')),
    text: exact ?? restoreTyped(form, field, source === null ? undefined : originals[source]),
    source,
  };
}

function restoreTyped(form: FormData, field: (name: string) => string, original: string | undefined): string {
  const typed = toLineFeeds(textOf(form, field('content')));
  if (original !== undefined) return restoreLineEnds(typed, original);
  return form.get(field('breaks')) === 'crlf' ? typed.replaceAll('\n', '\r\n') : typed;
}

function addUpload(files: FileDraft[], upload: FileDraft): void {
  const blank = files.findIndex(isBlankFile);
  if (blank < 0) files.push(upload);
  else files[blank] = { ...upload, language: files[blank]?.language ?? '' };
}

async function decode(file: File): Promise<string | null> {
  return readUtf8(new Uint8Array(await file.arrayBuffer()));
}

function readIntent(form: FormData): Intent {
  const [kind, file] = textOf(form, 'intent').split(':');
  if (kind === 'add') return { kind };
  if (kind === 'remove') return { kind, file: Number(file) };
  const choice = readSaveChoice(textOf(form, 'intent'));
  // What has come as a form is not encrypted: the author is asked again.
  return { kind: 'save', choice: choice === 'secret' ? null : choice };
}
