/** A command of the documentation, or one that it implies, with its expected result. */
export interface CurlLine {
  /** A shell command. `http://localhost:3000`, `SLUG` and `KEY` stand for the service and the paste. */
  command: string;
  /** The content of the paste behind SLUG, which is created for this line. */
  paste?: Record<string, unknown>;
  status: number;
  /** The body, byte for byte. */
  body?: string;
  /** What the JSON response must contain, among other things. */
  json?: Record<string, unknown>;
  headers?: Record<string, RegExp>;
  /** The file that curl saves. */
  saves?: { name: string; text: string };
  /** The content of the created paste. */
  stores?: { text: string | Uint8Array; name?: string; language?: string }[];
  /** The text of the paste behind SLUG afterwards; null if it must be deleted. */
  leaves?: string | null;
  /** Whether it needs an access token as `$TOKEN`. */
  needsToken?: boolean;
}

/** Valid multipart forms of other programs, with the boundary `b`; `-F` sends only one notation. */
const FORMS_AS_SENT = {
  'unquoted.form': aForm('form-data; name=file; filename=a.ts'),
  'dotnet.form': aForm(
    `form-data; name=file; filename="=?utf-8?B?0L/Qu9Cw0L0ubWQ=?="; filename*=utf-8''%D0%BF%D0%BB%D0%B0%D0%BD.md`,
  ),
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

const HOST = 'http://localhost:3000';
const JSON_TYPE = "-H 'Content-Type: application/json'";
const NOTES = FILES['notes.md'] ?? '';
const notes = (language = 'text') => [{ text: NOTES, name: '', language }];
const named = [{ text: NOTES, name: 'notes.md', language: 'markdown' }];
const bearer = '-H "Authorization: Bearer $TOKEN"';
const LINK = /^http:\/\/\S+\/[\w-]+$/;
const RAW_HEADERS = {
  'content-type': /^text\/plain; ?charset=utf-8$/i,
  'cache-control': /^private, no-store$/,
  'content-security-policy': /sandbox/,
  'x-content-type-options': /^nosniff$/,
  vary: /Accept, User-Agent/,
};
const TWO_FILES = {
  files: [
    { name: 'one.txt', content: 'one\r\n' },
    { name: 'two.txt', content: 'two' },
  ],
};

/** Commands of the README and of /docs: a test compares this list with both. */
export const DOCUMENTED: CurlLine[] = [
  { command: `curl -T notes.md ${HOST}/`, status: 201, stores: named },
  { command: `curl -F file=@notes.md ${HOST}`, status: 201, stores: named },
  {
    command: `curl --data-binary @notes.md "${HOST}/api/v1/pastes?language=markdown&expires_in=1d"`,
    status: 201,
    stores: notes('markdown'),
  },
  {
    command: `curl -F 'file=@a.ts' -F 'file=@b.ts' ${HOST}/api/v1/pastes`,
    status: 201,
    stores: [
      { text: 'export const a = 1;\n', name: 'a.ts', language: 'typescript' },
      { text: 'export const b = 2;\n', name: 'b.ts', language: 'typescript' },
    ],
  },
  {
    command: `curl ${JSON_TYPE} ${HOST}/api/v1/pastes \\\n  -d '{"title": "Plan", "files": [{"name": "plan.md", "content": "# Plan\\n"}], "visibility": "public"}'`,
    status: 201,
    json: { title: 'Plan', visibility: 'public' },
    stores: [{ text: '# Plan\n', name: 'plan.md', language: 'markdown' }],
  },
  { command: `curl ${HOST}/SLUG`, paste: TWO_FILES, status: 200, body: 'one\r\n', headers: RAW_HEADERS },
  { command: `curl ${HOST}/SLUG/raw`, paste: { content: '\ufeffa\r\nb' }, status: 200, body: '\ufeffa\r\nb' },
  { command: `curl ${HOST}/SLUG/raw/2`, paste: TWO_FILES, status: 200, body: 'two' },
  {
    command: `curl -OJ ${HOST}/SLUG/download`,
    paste: { files: [{ name: 'a b.txt', content: 'saved' }] },
    status: 200,
    saves: { name: 'a b.txt', text: 'saved' },
  },
  {
    command: `curl -X PATCH -H 'X-Edit-Key: KEY' ${JSON_TYPE} \\\n  -d '{"expires_in": "10m"}' ${HOST}/api/v1/pastes/SLUG`,
    paste: { content: 'x' },
    status: 200,
    json: { revision: 1 },
    leaves: 'x',
  },
  {
    command: `curl -X DELETE -H 'X-Edit-Key: KEY' ${HOST}/api/v1/pastes/SLUG`,
    paste: { content: 'x' },
    status: 204,
    body: '',
    leaves: null,
  },
  {
    command: `curl --data-binary @notes.md "${HOST}/api/v1/pastes?burn_after=1"`,
    status: 201,
    headers: { 'x-edit-key': /./ },
  },
  {
    command: `curl -X POST ${HOST}/api/v1/pastes/SLUG/reveal`,
    paste: { content: 'read once', burn_after: 1 },
    status: 200,
    json: { reads: 1, files: [{ content: 'read once' }] },
    leaves: null,
  },
  {
    command: `curl --retry 3 -X POST ${HOST}/api/v1/pastes/SLUG/reveal \\\n  -H "Idempotency-Key: $(od -An -N16 -tx1 /dev/urandom | tr -dc 0-9a-f)"`,
    paste: { content: 'read once', burn_after: 1 },
    status: 200,
    json: { reads: 1, files: [{ content: 'read once' }] },
    leaves: null,
  },
  {
    command: `curl -O ${HOST}/sheaf.mjs`,
    status: 200,
    headers: { 'content-type': /^text\/javascript; charset=utf-8$/ },
  },
  { command: `curl --data-binary @notes.md ${HOST}/api/v1/pastes`, status: 201, stores: notes() },
  {
    command: `git diff | curl --data-binary @- ${HOST}/api/v1/pastes`,
    status: 201,
    stores: [{ text: DIFF, language: 'diff' }],
  },
  {
    command: `curl -F file=@retry.ts -F file=@retry.test.ts ${HOST}/api/v1/pastes`,
    status: 201,
    stores: [
      { text: 'retry();\n', name: 'retry.ts' },
      { text: "it('retries');\n", name: 'retry.test.ts' },
    ],
  },
  {
    command: `curl --data-binary @notes.md "${HOST}/api/v1/pastes?name=notes.md&expires_in=1d"`,
    status: 201,
    stores: named,
  },
  {
    command: `curl ${HOST}/api/v1/pastes \\\n  ${JSON_TYPE} \\\n  -d '{"content": "print(\\"hello\\")\\n", "language": "python", "expires_in": "1d"}'`,
    status: 201,
    stores: [{ text: 'print("hello")\n', language: 'python' }],
  },
  {
    command: `curl "${HOST}/api/v1/pastes/SLUG?content=1"`,
    paste: { content: 'all of it' },
    status: 200,
    json: { files: [{ content: 'all of it' }] },
  },
  {
    command: `curl -X PATCH ${HOST}/api/v1/pastes/SLUG \\\n  -H "X-Edit-Key: $EDIT_KEY" \\\n  ${JSON_TYPE} \\\n  -d '{"content": "# Notes\\n", "expires_in": "1w"}'`,
    paste: { files: [{ name: 'kept.py', content: 'old' }] },
    status: 200,
    json: { revision: 2, files: [{ name: 'kept.py', language: 'python' }] },
    leaves: '# Notes\n',
  },
  {
    command: `curl -X DELETE ${HOST}/api/v1/pastes/SLUG -H "X-Edit-Key: $EDIT_KEY"`,
    paste: { content: 'x' },
    status: 204,
    leaves: null,
  },
  {
    command: `git diff | curl --data-binary @- ${HOST}/documents`,
    status: 200,
    stores: [{ text: DIFF }],
  },
  { command: `curl ${HOST}/raw/SLUG`, paste: { content: 'for haste' }, status: 200, body: 'for haste' },
  { command: `curl ${bearer} ${HOST}/api/v1/users/me/pastes`, status: 200, json: {}, needsToken: true },
  {
    command: `curl ${HOST}/api/v1/users/me/tokens \\\n  ${bearer} \\\n  ${JSON_TYPE} \\\n  -d '{"name": "Nightly build", "scopes": ["pastes:write"], "expires_in": "1y"}'`,
    status: 201,
    json: { name: 'Nightly build', scopes: ['pastes:write'] },
    needsToken: true,
  },
  {
    command: `curl ${bearer} ${HOST}/api/v1/contacts \\\n  ${JSON_TYPE} \\\n  -d '{"first_name": "Grace", "email": "grace@example.com", "birthday": "1986-12-09"}'`,
    status: 201,
    json: { first_name: 'Grace' },
    needsToken: true,
  },
  {
    command: `curl ${bearer} "${HOST}/api/v1/contacts/birthdays?days=7&tz=Europe/Paris"`,
    status: 200,
    json: {},
    needsToken: true,
  },
];

const sendForm = (file: string) =>
  `curl -H 'Content-Type: multipart/form-data; boundary=b' --data-binary @${file}.form ${HOST}/api/v1/pastes`;

/** Commands that the documentation only implies. */
export const IMPLIED: CurlLine[] = [
  // Bytes of the parts of a form.
  ...['', '/api/v1/pastes'].flatMap((path): CurlLine[] => [
    {
      command: `curl -F 'file=<bom.txt' ${HOST}${path}`,
      status: 201,
      stores: [{ text: '\ufefffirst\nsecond\n', name: '' }],
    },
    { command: `curl -F 'file=<notes.md' ${HOST}${path}`, status: 201, stores: [{ text: NOTES, name: '' }] },
    ...['<latin1.txt', '@latin1.txt'].map((source) => ({
      command: `curl -F 'file=${source}' ${HOST}${path}`,
      status: 422,
      json: { errors: [{ path: 'files.0.content', message: 'This is not valid UTF-8 text.' }] },
    })),
    {
      command: `printf 'a\\0b' | curl -F 'file=@-' ${HOST}${path}`,
      status: 422,
      json: { code: 'validation_failed' },
    },
    {
      command: `printf x | curl -F 'file=@-' ${HOST}${path}`,
      status: 201,
      stores: [{ text: 'x', name: '' }],
    },
    {
      command: `curl -F file=@blob ${HOST}${path}`,
      status: 201,
      stores: [{ text: 'named blob\n', name: 'blob' }],
    },
  ]),
  {
    command: `curl -F 'data=<bom.txt' ${HOST}/documents`,
    status: 200,
    stores: [{ text: '\ufefffirst\nsecond\n' }],
  },
  { command: `curl -F 'data=<notes.md' ${HOST}/documents`, status: 200, stores: [{ text: NOTES }] },
  {
    command: `curl -F 'data=<latin1.txt' ${HOST}/documents`,
    status: 422,
    json: { code: 'validation_failed' },
  },
  // Valid and invalid forms.
  ...[
    ['unquoted', 'a.ts'],
    ['dotnet', 'план.md'],
    ['name-last', 'a.ts'],
    ['quote', 'a"b.ts'],
    ['around', 'a.ts'],
  ].map(([file = '', name = '']) => ({
    command: sendForm(file),
    status: 201,
    stores: [{ text: 'a\r\nb', name }],
  })),
  ...['encoded', 'nameless'].map((file) => ({
    command: sendForm(file),
    status: 400,
    json: { code: 'malformed_body' },
  })),
  // Other methods on links and pages.
  ...['DELETE', 'PATCH', 'PUT'].map((method) => ({
    command: `curl -X ${method} --data-binary @notes.md ${HOST}/SLUG`,
    paste: { content: 'as it was' },
    status: 405,
    json: { code: 'method_not_allowed' },
    headers: { allow: /^GET, HEAD$/ },
    leaves: 'as it was',
  })),
  ...['raw', 'raw/1', 'download', 'edit', 'history'].flatMap((page) =>
    ['DELETE', 'PUT'].map((method) => ({
      command: `curl -X ${method} ${HOST}/SLUG/${page}`,
      paste: { content: 'as it was' },
      status: 405,
      // A form posts the nonce of a reveal to the download.
      headers: { allow: page === 'download' ? /^GET, HEAD, POST$/ : /^GET, HEAD$/ },
      leaves: 'as it was',
    })),
  ),
  ...['explore', 'login', 'docs', 'robots.txt'].map((page) => ({
    command: `curl -X PUT --data-binary x ${HOST}/${page}`,
    status: 405,
    headers: { allow: /GET, HEAD/ },
  })),
  ...['', 'explore', 'contacts/new'].map((page) => ({
    command: `curl -X DELETE ${HOST}/${page}`,
    status: 405,
    headers: { allow: /GET, HEAD|POST, PUT/ },
  })),
  ...['explore', 'login', 'SLUG'].map((page) => ({
    command: `curl -d x=y ${HOST}/${page}`,
    paste: { content: 'as it was' },
    status: 405,
    headers: { allow: /GET, HEAD/ },
    leaves: 'as it was',
  })),
  {
    command: `curl -X OPTIONS ${HOST}/SLUG`,
    paste: { content: 'x' },
    status: 204,
    headers: { allow: /GET, HEAD/ },
  },
  { command: `curl -X OPTIONS ${HOST}/`, status: 204, headers: { allow: /GET, HEAD, POST, PUT/ } },
  // A PATCH of the text alone.
  {
    command: `curl -X PATCH ${HOST}/api/v1/pastes/SLUG -H 'X-Edit-Key: KEY' ${JSON_TYPE} -d '{"content": "b\\n", "language": "ruby"}'`,
    paste: { files: [{ name: 'kept.py', content: 'a' }] },
    status: 200,
    json: { files: [{ name: 'kept.py', language: 'ruby' }] },
    leaves: 'b\n',
  },
  {
    command: `curl -X PATCH ${HOST}/api/v1/pastes/SLUG -H 'X-Edit-Key: KEY' ${JSON_TYPE} -d '{"content": "b"}'`,
    paste: TWO_FILES,
    status: 422,
    json: { code: 'validation_failed' },
    leaves: 'one\r\n',
  },
  // Names and languages.
  {
    command: `curl -OJ ${HOST}/SLUG/download`,
    paste: { files: [{ name: 'Отчёт за июль.txt', content: 'текст' }] },
    status: 200,
    saves: { name: 'Otchet za iyul.txt', text: 'текст' },
  },
  {
    command: `curl -OJ ${HOST}/SLUG/download`,
    paste: { files: [{ name: '日本語.md', content: 'x' }] },
    status: 200,
    saves: { name: 'paste.md', text: 'x' },
  },
  ...['makefile', 'hcl', 'graphql', 'elixir', 'nix', 'zig', 'vim', 'bat'].map((language) => ({
    command: `curl --data-binary @notes.md "${HOST}/api/v1/pastes?language=${language}"`,
    status: 201,
    stores: notes(language),
  })),
  {
    command: `curl --data-binary @notes.md "${HOST}/api/v1/pastes?language=klingon"`,
    status: 201,
    headers: { 'x-warnings': /^language_unknown$/ },
    stores: notes(),
  },
  {
    command: `curl ${HOST}/api/v1/pastes ${JSON_TYPE} -d '{"content": "x", "language": "klingon"}'`,
    status: 201,
    json: { warnings: ['language_unknown'] },
    stores: [{ text: 'x', language: 'text' }],
  },
  {
    command: `curl "${HOST}/api/v1/pastes?language=klingon"`,
    status: 422,
    json: { code: 'validation_failed' },
  },
  // Creating at the root and under a name.
  {
    command: `curl --data-binary @notes.md ${HOST}`,
    status: 201,
    headers: { location: LINK, 'x-edit-key': /./, ratelimit: /./ },
    stores: notes(),
  },
  {
    command: `curl --data-binary @notes.md "${HOST}/?name=x.py&expires_in=1h"`,
    status: 201,
    stores: [{ text: NOTES, name: 'x.py' }],
  },
  {
    command: `curl ${HOST} ${JSON_TYPE} -d '{"content": "x"}'`,
    status: 201,
    json: { visibility: 'unlisted' },
    stores: [{ text: 'x' }],
  },
  {
    command: `curl -T план.md ${HOST}/`,
    status: 201,
    stores: [{ text: '# План\n', name: 'план.md', language: 'markdown' }],
  },
  {
    command: `curl -T bom.txt ${HOST}/`,
    status: 201,
    stores: [{ text: '\ufefffirst\nsecond\n', name: 'bom.txt' }],
  },
  {
    command: `curl -T notes.md "${HOST}/a%20b.py?language=vim"`,
    status: 201,
    stores: [{ text: NOTES, name: 'a b.py', language: 'vim' }],
  },
  {
    command: `curl -T notes.md ${HOST}/Makefile`,
    status: 201,
    stores: [{ text: NOTES, name: 'Makefile', language: 'makefile' }],
  },
  { command: `git diff | curl -T - ${HOST}`, status: 201, stores: [{ text: DIFF }] },
  { command: `curl -T latin1.txt ${HOST}/`, status: 422, json: { code: 'validation_failed' } },
  { command: `curl -T notes.md ${HOST}/a%2Fb.txt`, status: 422, json: { code: 'validation_failed' } },
  {
    command: `curl -X PUT -F file=@notes.md ${HOST}/notes.md`,
    status: 415,
    json: { code: 'unsupported_media_type' },
  },
  {
    command: `curl --data-binary @notes.md "${HOST}/?slug=mine"`,
    status: 422,
    json: { code: 'validation_failed' },
  },
  { command: `curl --data-binary '' ${HOST}`, status: 422, json: { code: 'validation_failed' } },
  {
    command: `head -c 4194305 /dev/zero | tr '\\0' x | curl --data-binary @- ${HOST}`,
    status: 413,
    json: { code: 'too_large' },
  },
  {
    command: `head -c 4194305 /dev/zero | tr '\\0' x | curl -T - ${HOST}/big.txt`,
    status: 413,
    json: { code: 'too_large' },
  },
  {
    command: `head -c 27000000 /dev/zero | tr '\\0' x | curl -H Expect: --data-binary @- ${HOST}`,
    status: 413,
  },
  {
    command: `(printf '{"content":"'; head -c 3000000 /dev/zero | tr '\\0' ' ' | sed 's/ /\\\\u0041/g'; printf '"}') | curl ${JSON_TYPE} --data-binary @- ${HOST}`,
    status: 201,
    stores: [{ text: 'A'.repeat(3_000_000) }],
  },
  // Reading a link.
  ...['Wget/1.21.3', 'HTTPie/3.2.2', 'xh/0.22.2', 'Mozilla/5.0 (Windows NT) WindowsPowerShell/5.1'].map(
    (agent) => ({
      command: `curl -A '${agent}' ${HOST}/SLUG`,
      paste: { content: 'x' },
      status: 200,
      body: 'x',
    }),
  ),
  {
    command: `curl -H 'Accept:' ${HOST}/SLUG.md`,
    paste: { content: 'x' },
    status: 200,
    body: 'x',
    headers: RAW_HEADERS,
  },
  {
    command: `curl -A Mozilla/5.0 -H 'Accept: text/plain' ${HOST}/SLUG`,
    paste: { content: 'x' },
    status: 200,
    body: 'x',
  },
  {
    command: `curl -I ${HOST}/SLUG`,
    paste: { content: 'four' },
    status: 200,
    headers: RAW_HEADERS,
  },
  ...["-H 'Next-Action: x'", "-H 'Sec-Fetch-Mode: cors'", '-A Mozilla/5.0', "-H 'Accept: text/html'"].map(
    (options) => ({
      command: `curl ${options} ${HOST}/SLUG`,
      paste: { content: 'x' },
      status: 200,
      headers: { 'content-type': /^text\/(html|x-component)/, vary: /Accept, User-Agent/ },
    }),
  ),
  // Next redirects requests for its payload.
  { command: `curl -H 'RSC: 1' ${HOST}/SLUG`, paste: { content: 'x' }, status: 307 },
  { command: `curl ${HOST}/unknownPaste`, status: 404, json: { code: 'not_found' } },
  { command: `curl ${HOST}/unknownPaste.md`, status: 404, json: { code: 'not_found' } },
  { command: `curl -H 'Authorization: Bearer wrong' ${HOST}/SLUG`, paste: { content: 'x' }, status: 401 },
];
