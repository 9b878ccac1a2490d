import { hasChosen, keepChoice } from '@/lib/core/browser-storage';

const STORED = 'sheaf:tab-indents';

let chosen: boolean | undefined;

/** Whether the author wants the Tab key to indent; by itself it leaves the editor, as everywhere. */
export function tabIndents(): boolean {
  chosen ??= hasChosen(STORED);
  return chosen;
}

export function chooseTabIndents(indents: boolean): void {
  chosen = indents;
  keepChoice(STORED, indents);
}
