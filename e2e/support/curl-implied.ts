import type { CurlLine } from './curl-documented';
import { DIFF, HOST, JSON_TYPE, NOTES, notes, RAW_HEADERS, TWO_FILES } from './curl-samples';

const LINK = /^http:\/\/\S+\/[\w-]+$/;
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
    ['extended-first', 'план.md'],
    ['padded', 'a.ts'],
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
