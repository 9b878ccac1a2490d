const STORED = 'sheaf:tab-indents';

let chosen: boolean | undefined;

/** Whether the author wants the Tab key to indent; by itself it leaves the editor, as everywhere. */
export function tabIndents(): boolean {
  chosen ??= readChoice();
  return chosen;
}

export function chooseTabIndents(indents: boolean): void {
  chosen = indents;
  try {
    if (indents) localStorage.setItem(STORED, '1');
    else localStorage.removeItem(STORED);
  } catch {
    // Without storage the choice holds for this page.
  }
}

function readChoice(): boolean {
  try {
    return localStorage.getItem(STORED) !== null;
  } catch {
    return false;
  }
}
