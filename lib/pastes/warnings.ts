import { runInSlices, type SlicedTask } from '../core/time-slicing';
import { reportCredentials } from '../text/credentials/report-credentials';
import type { CredentialKind } from '../text/credentials/token-rules';
import { type TextWarning, textWarnings } from '../text/unicode/text-warnings';
import type { FileInput } from './schema';

/** One warning about what was stored; it does not repeat a credential. */
export interface PasteWarning {
  code: TextWarning['kind'] | 'language_unknown' | 'credentials';
  /** Where: `title`, `files.0.name`, `files.0.language` or `files.0.content`. */
  path: string;
  /** From 1 on; null outside of a text. */
  line: number | null;
  /** Of a credential. */
  kind?: CredentialKind;
  /** The characters or words that the warning is about. */
  named?: readonly string[];
}

export interface ContentWarnings {
  /** The codes of the warnings, each once. */
  warnings: string[];
  details: PasteWarning[];
}

interface Content {
  title?: string | undefined;
  files?: readonly FileInput[] | undefined;
  /** Who can read it: nothing is said about credentials in a private paste. */
  visibility: string;
  /** Nor about those in a paste that burns, which is how a password is handed on. */
  burn_after?: number | null | undefined;
}

/** Warnings about a title and files; see `textWarnings` and `reportCredentials`. */
export async function warningsFor(content: Content): Promise<ContentWarnings> {
  const { title = '', files = [], visibility, burn_after = null } = content;
  const texts = burn_after === null ? files.map((file) => file.content) : [];
  const details = [
    ...(await runInSlices(textDetails(title, files))),
    ...files.flatMap(({ language }, index): PasteWarning[] =>
      language === null ? [{ code: 'language_unknown', path: `files.${index}.language`, line: null }] : [],
    ),
    ...(await credentialWarnings(texts, visibility)),
  ];
  return { warnings: [...new Set(details.map(({ code }) => code))], details };
}

function* textDetails(title: string, files: readonly FileInput[]): SlicedTask<PasteWarning[]> {
  const details = yield* warningsOf(title, 'title');
  for (const [index, { name, content }] of files.entries()) {
    details.push(...(yield* warningsOf(name ?? '', `files.${index}.name`)));
    details.push(...(yield* warningsOf(content, `files.${index}.content`)));
  }
  return details;
}

function* warningsOf(text: string, path: string): SlicedTask<PasteWarning[]> {
  const isText = path.endsWith('content');
  const warnings = yield* textWarnings(text);
  return warnings.map(({ kind, named, line }) => ({ code: kind, path, line: isText ? line : null, named }));
}

async function credentialWarnings(texts: readonly string[], visibility: string): Promise<PasteWarning[]> {
  const { listed = [] } = (await reportCredentials(texts, { visibility })) ?? {};
  return listed.map(({ file, line, kind }) => ({
    code: 'credentials',
    path: `files.${file}.content`,
    line,
    kind,
  }));
}
