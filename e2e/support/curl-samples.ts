/** Valid multipart forms of other programs, with the boundary `b`; `-F` sends only one notation. */
const FORMS_AS_SENT = {
  'unquoted.form': aForm('form-data; name=file; filename=a.ts'),
  'dotnet.form': aForm(
    `form-data; name=file; filename="=?utf-8?B?0L/Qu9Cw0L0ubWQ=?="; filename*=utf-8''%D0%BF%D0%BB%D0%B0%D0%BD.md`,
  ),
  'extended-first.form': aForm(
    `form-data; name=file; filename*=utf-8''%D0%BF%D0%BB%D0%B0%D0%BD.md; filename=a.md`,
  ),
  'padded.form': aForm('form-data; name="file"; filename="a.ts"').replace('--b\r\n', '--b \t\r\n'),
  'name-last.form': aForm('form-data; filename="a.ts"; name="file"'),
  'quote.form': aForm('form-data; name="file"; filename="a\\"b.ts"'),
  'around.form': `This is a form.\r\n${aForm('form-data; name="file"; filename="a.ts"')}That was a form.\r\n\r\n`,
  'encoded.form': aForm('form-data; name="file"\r\nContent-Transfer-Encoding: base64'),
  'nameless.form': aForm('form-data'),
};

function aForm(disposition: string): string {
  return `--b\r\nContent-Disposition: ${disposition}\r\n\r\na\r\nb\r\n--b--\r\n`;
}

/** The files in the folder where the commands run. */
export const FILES: Record<string, string | Uint8Array> = {
  'notes.md': '# Notes\r\n\n- no newline at the end',
  'a.ts': 'export const a = 1;\n',
  'b.ts': 'export const b = 2;\n',
  'retry.ts': 'retry();\n',
  'retry.test.ts': "it('retries');\n",
  'план.md': '# План\n',
  'bom.txt': '\ufefffirst\nsecond\n',
  blob: 'named blob\n',
  ...FORMS_AS_SENT,
  'latin1.txt': new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x0a]),
};
/** The output of the stand-in for `git diff`. */
export const DIFF = '--- a/x\n+++ b/x\n-old\n+new\n';

export const HOST = 'http://localhost:3000';
export const JSON_TYPE = "-H 'Content-Type: application/json'";
export const NOTES = FILES['notes.md'] ?? '';
export const notes = (language = 'text') => [{ text: NOTES, name: '', language }];
export const RAW_HEADERS = {
  'content-type': /^text\/plain; ?charset=utf-8$/i,
  'cache-control': /^private, no-store$/,
  'content-security-policy': /sandbox/,
  'x-content-type-options': /^nosniff$/,
  vary: /Accept, User-Agent/,
};
export const TWO_FILES = {
  files: [
    { name: 'one.txt', content: 'one\r\n' },
    { name: 'two.txt', content: 'two' },
  ],
};
