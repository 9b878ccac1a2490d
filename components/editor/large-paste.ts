import { type Extension, Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** What is shorter is left to the editor itself. */
const LARGE_MIN = 200_000;
const SLICE = 400_000;
const encoder = new TextEncoder();

export interface LargePaste {
  extension: Extension;
  /** Inserts at once what has been pasted and is still being prepared. */
  finish(): void;
}

/**
 * Prepares a large pasted text in slices, so that no task takes long. The next event, a key or the reading
 * of the text, waits for the rest.
 */
export function pasteInSlices(maxBytes: number, onRefused: () => void): LargePaste {
  let finish = () => {};

  function begin(text: string, view: EditorView) {
    let rest = text;
    let ready = Text.empty;
    let bytes = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const prepare = () => {
      const end = sliceEnd(rest);
      const slice = rest.slice(0, end);
      bytes += encoder.encode(slice).length;
      ready = ready.append(view.state.toText(slice));
      rest = rest.slice(end);
    };
    finish = () => {
      finish = () => {};
      clearTimeout(timer);
      while (rest !== '') prepare();
      // What surely fits need not be counted again.
      const isCounted = bytes + view.state.doc.length * 3 <= maxBytes;
      view.dispatch(view.state.replaceSelection(ready), {
        userEvent: 'input.paste',
        scrollIntoView: true,
        ...(isCounted ? { filter: false } : {}),
      });
    };
    const goOn = () => {
      if (rest === '') finish();
      else {
        prepare();
        timer = setTimeout(goOn);
      }
    };
    timer = setTimeout(goOn);
  }

  function finishFirst(): boolean {
    finish();
    return false;
  }

  const extension = EditorView.domEventHandlers({
    keydown: finishFirst,
    mousedown: finishFirst,
    compositionstart: finishFirst,
    paste(event, view) {
      finish();
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text.length < LARGE_MIN || view.state.readOnly) return false;
      if (text.length > maxBytes) onRefused();
      else begin(text, view);
      event.preventDefault();
      return true;
    },
  });
  return { extension, finish: () => finish() };
}

/** Not between the two characters of a line end. */
function sliceEnd(text: string): number {
  return text[SLICE - 1] === '\r' && text[SLICE] === '\n' ? SLICE + 1 : SLICE;
}
