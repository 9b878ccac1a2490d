import 'server-only';
import { setImmediate } from 'node:timers/promises';
import { fileLabels } from '@/components/reading/file-labels';
import { keepLateMarkup, keepMarkup } from '@/components/reading/load/keep-markup';
import { loadFiles } from '@/components/reading/load/load-file';
import type { LoadedFile } from '@/components/reading/loaded-file';
import { afterResponse, largeReader } from '@/components/request/next-response';
import { getPageText } from '@/components/request/page-text';
import type { Caller } from '@/lib/core/caller';
import type { Grant } from '@/lib/pastes/grants';
import { readRevision } from '@/lib/pastes/history';
import { takeReadSlot, totalBytes } from '@/lib/pastes/large-reads';
import type { FileRecord, PasteRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/read';
import { listRevisions, type RevisionRecord } from '@/lib/pastes/revision-queries';
import { type DiffResult, diffLines } from '@/lib/text/rendering/diff';
import { markInvisible } from '@/lib/text/rendering/mark-invisible';
import type { RememberedViews } from '@/lib/text/rendering/remembered-views';
import { diffMarkup } from './diff-markup';
import { compareFiles, type FileChange } from './file-changes';

const BUDGET_MS = 400;
const BUDGET_MIN_MS = 10;

export const REVISION_MODES = ['inline', 'split', 'text'] as const;

export type RevisionMode = (typeof REVISION_MODES)[number];
/** How changes are shown. */
export type DiffMode = RememberedViews['diff'];

/** A file of two revisions, ready to be shown. */
export interface LoadedDiff {
  change: FileChange<FileRecord>;
  label: string;
  oldLabel: string;
  /** Null if too much has changed. */
  result: Pick<DiffResult, 'added' | 'removed' | 'breaksDiffer'> | null;
  /** For `ServedMarkup`; null if there are no lines to show. */
  markup: string | null;
}

export interface LoadedRevision {
  paste: PasteRecord;
  revision: RevisionRecord;
  grant: Grant | null;
  previous: RevisionRecord | null;
  mode: RevisionMode;
  /** Depending on `mode`, one of the two is empty. */
  diffs: LoadedDiff[];
  files: LoadedFile[];
}

/** @throws AppError not_found, storage_unavailable, overloaded */
export async function loadRevision(
  slug: string,
  number: number,
  { caller, mode }: { caller: Caller; mode: RevisionMode },
): Promise<LoadedRevision> {
  const { paste, revision, grant } = await readRevision(slug, number, caller);
  const { items } = await listRevisions(paste.id, { before: number, limit: 1 });
  const previous = items[0] ?? null;
  const loaded = { paste, revision, grant, previous };
  if (previous === null || mode === 'text') {
    return { ...loaded, mode: 'text', diffs: [], files: await loadTexts(revision, caller) };
  }
  const compared = [...previous.files, ...revision.files];
  afterResponse(await takeReadSlot(totalBytes(compared), largeReader(caller)));
  return { ...loaded, mode, diffs: await loadDiffs(previous, revision, mode === 'split'), files: [] };
}

async function loadTexts({ files }: RevisionRecord, reader: Caller): Promise<LoadedFile[]> {
  const text = await getPageText();
  return loadFiles(files, {
    query: null,
    text,
    reader: largeReader(reader),
    leave: keepMarkup,
    leaveLate: keepLateMarkup,
    afterwards: afterResponse,
  });
}

async function loadDiffs(
  previous: RevisionRecord,
  { files }: RevisionRecord,
  isSplit: boolean,
): Promise<LoadedDiff[]> {
  const text = await getPageText();
  const [oldLabels, labels] = [fileLabels(previous.files, text), fileLabels(files, text)];
  const changes = compareFiles(previous.files, files).filter(({ kind }) => kind !== 'same');
  const diffs: LoadedDiff[] = [];
  let left = BUDGET_MS;
  for (const change of changes) {
    const [before, after] = await Promise.all([textOf(change.before), textOf(change.after)]);
    const begun = performance.now();
    const result = left < BUDGET_MIN_MS ? null : diffLines({ before, after, budgetMs: left / 2 });
    left -= performance.now() - begun;
    const oldLabel = labelOf(change.before, previous.files, oldLabels);
    diffs.push({
      change,
      oldLabel,
      label: labelOf(change.after, files, labels) || oldLabel,
      result,
      markup:
        result && result.hunks.length > 0
          ? keepMarkup(
              markInvisible(
                diffMarkup(result, {
                  isSplit,
                  placeLabel: (line) => text.t('history.place', { number: line }),
                }),
              ),
            )
          : null,
    });
    // Lets other requests run.
    await setImmediate();
  }
  return diffs;
}

function textOf(file: FileRecord | null): Promise<string> | string {
  return file === null ? '' : readFileText(file);
}

function labelOf(file: FileRecord | null, files: readonly FileRecord[], labels: readonly string[]): string {
  return file === null ? '' : (labels[files.indexOf(file)] ?? '');
}
