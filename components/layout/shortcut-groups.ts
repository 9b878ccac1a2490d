/** `does` is the key of the message, the rest as `Keys` takes it. */
export const SHORTCUT_GROUPS = [
  {
    name: 'anywhere',
    rows: [
      { keys: [['n']], does: 'newPaste' },
      { keys: [['/']], does: 'search' },
      { keys: [['?']], does: 'help' },
      { keys: [['Ctrl', 'K']], does: 'palette' },
    ],
  },
  {
    name: 'reading',
    rows: [
      { keys: [['c']], does: 'copy' },
      { keys: [['r']], does: 'raw' },
      { keys: [['w']], does: 'wrap' },
      { keys: [['h']], does: 'history' },
      { keys: [['l']], does: 'line' },
      { keys: [['s']], does: 'share' },
      { keys: [['e']], does: 'edit' },
    ],
  },
  {
    name: 'lists',
    rows: [
      { keys: [['j'], ['k']], does: 'move' },
      { keys: [['↵']], does: 'openEntry' },
    ],
  },
  {
    name: 'composer',
    rows: [
      { keys: [['Ctrl', '↵']], does: 'save' },
      { keys: [['Ctrl', 'F']], does: 'find' },
      { keys: [['Ctrl', ']']], does: 'indent' },
      { keys: [['Ctrl', 'M']], onMac: [['⇧', '⌥', 'M']], does: 'tabMode' },
      { keys: [['Esc', 'Tab']], does: 'leave' },
      { keys: [['F2'], ['Del']], does: 'tabs' },
      {
        keys: [
          ['Alt', '←'],
          ['Alt', '→'],
        ],
        does: 'moveTab',
      },
    ],
  },
] as const;
