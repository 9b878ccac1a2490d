import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
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
import { fitsColours, fitsWrapping, type Measure } from './editor-limits';
import { editorTheme } from './editor-theme';
import { pasteInSlices } from './large-paste';
import { limitSize } from './size-limit';
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
  /** What the field began with, and what has become of it, also where the field does not hold them. */
  before: string;
  text: string;
  isFocused: boolean;
  /** The most bytes that the text can have as UTF-8. */
  maxBytes: number;
  /** A change was not made, because the text would have been too large. */
  onRefused: () => void;
}

export interface MountedEditor {
  setLanguage(id: string): Promise<void>;
  setFault(fault: { isInvalid: boolean; describedBy: string | undefined }): void;
  focus(): void;
  /** Selects a line, counted from 1. */
  goToLine(line: number): void;
  text(): string;
  destroy(): void;
}

/** A change by so many characters, but not a smaller one, can make lines too long or a text too large. */
const LEAP = 1_000;

/**
 * Puts an editor in place of a text field. The field is not written from then on: browsers take seconds for a
 * text of many lines.
 */
export function mountEditor(options: EditorOptions): MountedEditor {
  const { field, host, words, before, text, isFocused, maxBytes, onRefused } = options;
  const language = new Compartment();
  const wrapping = new Compartment();
  const fault = new Compartment();
  const pasting = pasteInSlices(maxBytes, onRefused);
  let languageId = '';
  let isDestroyed = false;
  const { selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
  const isBackward = selectionDirection === 'backward';

  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: before,
      extensions: [
        ...behaviour(words),
        wrapping.of([]),
        language.of([]),
        fault.of([]),
        limitSize(maxBytes, onRefused),
        pasting.extension,
        EditorView.updateListener.of(follow),
      ],
    }),
  });
  const typed = changeBetween(before, text);
  const selection =
    text === field.value
      ? {
          anchor: isBackward ? selectionEnd : selectionStart,
          head: isBackward ? selectionStart : selectionEnd,
        }
      : { anchor: typed ? typed.from + typed.insert.length : 0 };
  // Unfiltered: what is in the field already is not refused.
  view.dispatch({ ...(typed ? { changes: typed } : {}), selection, filter: false });
  adjust();
  view.setTabFocusMode(!tabIndents());
  host.dataset.active = '';
  field.dataset.replaced = '';
  if (isFocused) view.focus();
  view.requestMeasure({ read: () => {}, write: () => view.scrollDOM.scrollTo({ top: scrollTop }) });

  function follow({ docChanged, startState, state }: ViewUpdate) {
    if (!docChanged) return;
    const isLeap = Math.abs(state.doc.length - startState.doc.length) >= LEAP;
    const isCrossing = isColourable(state.doc) !== isColourable(startState.doc);
    // An editor cannot be changed while it updates.
    if (isLeap || isCrossing) queueMicrotask(adjust);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** Leaves out what takes too long for the text as it is now. */
  function adjust() {
    if (isDestroyed) return;
    const wraps = fitsWrapping(measure(view.state.doc));
    view.dispatch({ effects: wrapping.reconfigure(wraps ? EditorView.lineWrapping : []) });
    void setLanguage(languageId);
  }

  async function setLanguage(id: string) {
    languageId = id;
    const { doc } = view.state;
    const support = isColourable(doc) && fitsColours(measure(doc)) ? await loadSupport(id) : null;
    if (languageId !== id || isDestroyed) return;
    view.dispatch({ effects: language.reconfigure(support ?? []) });
  }

  return {
    setLanguage,
    setFault({ isInvalid, describedBy }) {
      const attributes: Record<string, string> = {};
      if (isInvalid) attributes['aria-invalid'] = 'true';
      if (describedBy !== undefined) attributes['aria-describedby'] = describedBy;
      view.dispatch({ effects: fault.reconfigure(EditorView.contentAttributes.of(attributes)) });
    },
    focus: () => view.focus(),
    goToLine(line) {
      pasting.finish();
      const { from, to } = view.state.doc.line(Math.min(line, view.state.doc.lines));
      view.dispatch({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    text() {
      pasting.finish();
      return view.state.doc.toString();
    },
    destroy() {
      pasting.finish();
      isDestroyed = true;
      view.destroy();
    },
  };
}

function measure(doc: Text): Measure {
  let longestLine = 0;
  for (const line of doc.iterLines()) longestLine = Math.max(longestLine, line.length);
  return { length: doc.length, longestLine };
}

/** As far as the length alone tells. */
function isColourable({ length }: Text): boolean {
  return fitsColours({ length, longestLine: 0 });
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
