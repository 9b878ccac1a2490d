import { DIFF, HOST, JSON_TYPE, NOTES, notes, RAW_HEADERS, TWO_FILES } from './curl-samples';

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
}

const named = [{ text: NOTES, name: 'notes.md', language: 'markdown' }];
const bearer = '-H "Authorization: Bearer $TOKEN"';

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
  { command: `curl ${bearer} ${HOST}/api/v1/users/me/pastes`, status: 200, json: {} },
  {
    command: `curl ${HOST}/api/v1/users/me/tokens \\\n  ${bearer} \\\n  ${JSON_TYPE} \\\n  -d '{"name": "Nightly build", "scopes": ["pastes:write"], "expires_in": "1y"}'`,
    status: 201,
    json: { name: 'Nightly build', scopes: ['pastes:write'] },
  },
  {
    command: `curl ${bearer} ${HOST}/api/v1/contacts \\\n  ${JSON_TYPE} \\\n  -d '{"first_name": "Grace", "email": "grace@example.com", "birthday": "1986-12-09"}'`,
    status: 201,
    json: { first_name: 'Grace' },
  },
  {
    command: `curl ${bearer} "${HOST}/api/v1/contacts/birthdays?days=7&tz=Europe/Paris"`,
    status: 200,
    json: {},
  },
];
