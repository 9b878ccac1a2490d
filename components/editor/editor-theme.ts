import { EditorView } from '@codemirror/view';

/** The same box, type and margins as the text field that the editor stands in for. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'inherit' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    overflow: 'auto',
    fontFamily: 'inherit',
    fontSize: 'inherit',
    lineHeight: 'inherit',
    overscrollBehavior: 'auto',
  },
  '.cm-content': { padding: '16px 0 32px', caretColor: 'var(--accent)' },
  '.cm-line': { padding: '0 24px 0 0', unicodeBidi: 'plaintext', textAlign: 'start' },
  '.cm-placeholder': { color: 'var(--muted)' },
  '.cm-gutters': {
    minWidth: 'var(--text-start)',
    border: '0',
    backgroundColor: 'var(--raised)',
    color: 'var(--muted)',
  },
  '.cm-gutters .cm-gutter': { flex: '1' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 20px 0 12px', textAlign: 'right' },
  '&.cm-focused .cm-matchingBracket, .cm-matchingBracket': {
    backgroundColor: 'var(--selection)',
    outline: 'none',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--selection)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--selection)', outline: '1px solid var(--accent)' },
  '.cm-panels': {
    borderColor: 'var(--hair)',
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    fontFamily: 'var(--font-sans)',
  },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--hair)' },
  '.cm-panel.cm-search': { padding: '8px 40px 8px 24px', fontSize: 'var(--text-sm)' },
  '.cm-panel.cm-search label': { fontSize: 'var(--text-xs)' },
  '.cm-panel.cm-search [name=close]': {
    top: '8px',
    right: '16px',
    fontSize: 'var(--text-xl)',
    width: '28px',
  },
  '.cm-textfield': {
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    backgroundColor: 'var(--raised)',
    color: 'inherit',
    fontSize: 'var(--text-sm)',
    padding: '4px 8px',
  },
  '.cm-button': {
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    backgroundImage: 'none',
    backgroundColor: 'var(--raised)',
    color: 'inherit',
    fontSize: 'var(--text-xs)',
    padding: '4px 10px',
  },
  '@media (width < 40rem)': {
    '.cm-gutters': { display: 'none !important' },
    '.cm-line': { padding: '0 16px' },
    '.cm-panel.cm-search': { padding: '8px 40px 8px 16px' },
  },
  '@media (pointer: coarse), (width < 40rem)': {
    '.cm-textfield': { fontSize: 'var(--text-lg)' },
    '.cm-panel.cm-search [name=close]': { width: '44px', right: '0', top: '0' },
    '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', minHeight: '44px' },
  },
});
