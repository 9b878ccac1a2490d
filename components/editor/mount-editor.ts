import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
  type ViewUpdate,
} from '@codemirror/view';
import { tokenHighlighter } from '@/lib/text/highlight/token-classes';
import { codePointLabel } from '@/lib/text/unicode/invisible-characters';
import { loadSupport } from './editor-language';
import { fitsColours, fitsWrapping, TEXT_MAX } from './editor-limits';
import { editorTheme } from './editor-theme';
import { chooseTabIndents, tabIndents } from './tab-choice';
import { changeBetween } from './text-change';

export interface EditorWords {
  label: string;
  placeholder: string;
  tabIndents: string;
  tabLeaves: string;
  /** Those of the search panel, by CodeMirror's English. */
  phrases: Record<string, string>;
}

export interface EditorOptions {
  field: HTMLTextAreaElement;
  host: HTMLElement;
  words: EditorWords;
  /** The text has become too much for the editor; it is already back in the field. */
  onOverflow: () => void;
}

export interface MountedEditor {
  setLanguage(id: string): Promise<void>;
  setFault(fault: { isInvalid: boolean; describedBy: string | undefined }): void;
  focus(): void;
  /** Gives text, selection and focus back to the field. */
  release(): void;
}

/** Puts an editor in place of a text field, which stays the form's field and is kept up to date. */
export function mountEditor({ field, host, words, onOverflow }: EditorOptions): MountedEditor {
  const language = new Compartment();
  const fault = new Compartment();
  let languageId = '';
  const isFocused = document.activeElement === field;
  const { selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
  const isBackward = selectionDirection === 'backward';
  const stopSyncing = new AbortController();
  const syncing = { signal: stopSyncing.signal };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: field.defaultValue,
      extensions: [
        ...behaviour(words),
        fitsWrapping(field.value) ? EditorView.lineWrapping : [],
        language.of([]),
        fault.of([]),
        EditorView.updateListener.of(follow),
      ],
    }),
  });
  const typed = changeBetween(field.defaultValue, field.value);
  view.dispatch({
    ...(typed ? { changes: typed } : {}),
    selection: {
      anchor: isBackward ? selectionEnd : selectionStart,
      head: isBackward ? selectionStart : selectionEnd,
    },
  });
  view.setTabFocusMode(!tabIndents());
  field.form?.addEventListener(
    'formdata',
    ({ formData }) => formData.set(field.name, view.state.doc.toString()),
    syncing,
  );
  window.addEventListener('pagehide', sync, syncing);
  host.dataset.active = '';
  field.dataset.replaced = '';
  if (isFocused) view.focus();
  view.requestMeasure({ read: () => {}, write: () => view.scrollDOM.scrollTo({ top: scrollTop }) });

  function sync() {
    clearTimeout(timer);
    field.value = view.state.doc.toString();
  }

  function follow(update: ViewUpdate) {
    if (!update.docChanged) return;
    if (update.state.doc.length > TEXT_MAX) {
      // An editor cannot be taken away while it updates.
      queueMicrotask(() => {
        release();
        onOverflow();
      });
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(sync, 400);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function release() {
    sync();
    stopSyncing.abort();
    const hadFocus = view.hasFocus;
    const { anchor, head, from, to } = view.state.selection.main;
    const top = view.scrollDOM.scrollTop;
    delete host.dataset.active;
    delete field.dataset.replaced;
    view.destroy();
    if (hadFocus) field.focus({ preventScroll: true });
    field.setSelectionRange(from, to, head < anchor ? 'backward' : 'forward');
    field.scrollTop = top;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  return {
    async setLanguage(id) {
      languageId = id;
      const support = fitsColours(view.state.doc.toString()) ? await loadSupport(id) : null;
      if (languageId !== id || stopSyncing.signal.aborted) return;
      view.dispatch({ effects: language.reconfigure(support ?? []) });
    },
    setFault({ isInvalid, describedBy }) {
      const attributes: Record<string, string> = {};
      if (isInvalid) attributes['aria-invalid'] = 'true';
      if (describedBy !== undefined) attributes['aria-describedby'] = describedBy;
      view.dispatch({ effects: fault.reconfigure(EditorView.contentAttributes.of(attributes)) });
    },
    focus: () => view.focus(),
    release,
  };
}

/** In addition to those that CodeMirror knows. Joiners are not among them: most are part of an emoji or a word. */
const INVISIBLE = /[\u180e\u202a-\u202c\u2060-\u2064\u2068\u206a-\u206f\u3164\uffa0]/g;

function behaviour(words: EditorWords): Extension[] {
  return [
    EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''),
    EditorState.phrases.of(words.phrases),
    EditorState.tabSize.of(4),
    EditorView.perLineTextDirection.of(true),
    EditorView.contentAttributes.of({
      'aria-label': words.label,
      autocapitalize: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
    }),
    placeholder(words.placeholder),
    lineNumbers(),
    highlightSpecialChars({ addSpecialChars: INVISIBLE, render: invisibleMark }),
    history(),
    bracketMatching(),
    syntaxHighlighting(tokenHighlighter),
    search({ top: true }),
    highlightSelectionMatches({ minSelectionLength: 2 }),
    keymap.of([
      { key: 'Ctrl-m', mac: 'Shift-Alt-m', preventDefault: true, run: (view) => flipTab(view, words) },
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
      indentWithTab,
    ]),
    editorTheme,
  ];
}

/** As the reading page marks them; see `.invisible-mark`. */
function invisibleMark(code: number): HTMLElement {
  const label = codePointLabel(String.fromCodePoint(code));
  const mark = document.createElement('span');
  mark.className = 'invisible-mark';
  mark.dataset.code = label;
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', label);
  return mark;
}

function flipTab(view: EditorView, words: EditorWords): boolean {
  const indents = !tabIndents();
  chooseTabIndents(indents);
  view.setTabFocusMode(!indents);
  view.dispatch({ effects: EditorView.announce.of(indents ? words.tabIndents : words.tabLeaves) });
  return true;
}
