import { type ChangeSet, EditorState, type Extension, type Text, type Transaction } from '@codemirror/state';
import { utf8Length } from './text-size';

/** What is shorter is typed rather than pasted; counting all of the text for it would delay every key. */
const PASTED_MIN = 1_000;

/** Refuses a change by which the text would outgrow so many bytes of UTF-8. */
export function limitSize(maxBytes: number, onRefused: () => void): Extension {
  return EditorState.transactionFilter.of((change) => {
    if (!change.docChanged || !isOver(change)) return change;
    queueMicrotask(onRefused);
    return [];
  });

  function isOver(change: Transaction): boolean {
    const { length, newLength } = change.changes;
    // A character takes from one to three bytes, two halves of a pair four together.
    if (newLength > maxBytes) return newLength > length;
    if (newLength * 3 <= maxBytes || insertedLength(change.changes) < PASTED_MIN) return false;
    return sizeOf(change.newDoc) > maxBytes;
  }
}

function insertedLength(changes: ChangeSet): number {
  let length = 0;
  changes.iterChanges((_from, _to, _newFrom, _newTo, inserted) => {
    length += inserted.length;
  });
  return length;
}

function sizeOf(text: Text): number {
  let bytes = 0;
  for (const chunk of text.iter()) bytes += utf8Length(chunk);
  return bytes;
}
