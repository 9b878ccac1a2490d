/** Texts that are easily changed on their way: what is read back must be these very bytes. */
export const DELICATE_TEXTS: Record<string, string> = {
  'a byte order mark': '\ufefffirst line\nsecond line\n',
  'line ends of Windows': 'one\r\ntwo\r\n\r\nthree\r\n',
  'lone carriage returns': 'one\rtwo\r',
  'no newline at the end': 'no newline at the end',
  'blanks around it': '\n\n  \t text \t \n\n\n',
  'a single character': '0',
  emoji: 'family 👨‍👩‍👧‍👦 flag 🏴󠁧󠁢󠁥󠁮󠁧󠁿 plain 🙂\n',
  'right-to-left text': 'שלום עולם\nمرحبا بالعالم\n\u202eoverridden\u202c\n',
  'combining and compatibility forms': 'e\u0301 é ﬁ Å \u212b\n',
  'odd separators': 'a\u2028b\u2029c\u0085d\u000be\u000cf\u00a0g\u200bh\n',
  'control characters': '\u0001\u0007\u001b[31mred\u001b[0m\u007f\n',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a text like any other
  'markup and templates': '</script><!-- ${x} {{y}} %s &amp; \\u0041 \'"` <textarea></textarea>\n',
  'something like JSON': '{"content": "x", "files": []}\n',
  'something like a form': 'a=1&b=%20+c\n',
  'the last code points': '\u{10ffff}\u{fffd}\ufffe\uffff\n',
};
