import { type ApiDocument, exampleOf } from './api-document';
import { type ListedOperation, readSecurity } from './api-operations';
import { curlCommand } from './curl-command';

/** The host that the document's examples name. */
const EXAMPLE_HOST = 'https://sheaf.example';

export interface AnswerSample {
  status: string;
  text: string;
  language: string;
}

/** The operation as it is typed into a shell. */
export function requestSample(document: ApiDocument, operation: ListedOperation): string {
  const url = document.servers[0]?.url ?? '';
  const { audience } = readSecurity(operation);
  const content = operation.requestBody?.content;
  const media = content?.['application/json'];
  const headers = [
    ...(audience === 'member' ? ['Authorization: Bearer $TOKEN'] : []),
    ...(audience === 'editKey' ? ['X-Edit-Key: $EDIT_KEY'] : []),
    ...(audience === 'cron' ? ['Authorization: Bearer $CRON_SECRET'] : []),
    ...(media ? ['Content-Type: application/json'] : []),
  ];
  return curlCommand({
    method: operation.method,
    url: url + operation.path,
    headers,
    ...(media ? { json: here(exampleOf(document, media) ?? {}, url) } : {}),
    ...(content && !media ? { file: 'image/*' in content ? 'portrait.png' : 'notes.txt' } : {}),
  });
}

/** The first good answer of the operation, if it has anything to show. */
export function answerSample(document: ApiDocument, operation: ListedOperation): AnswerSample | null {
  const found = Object.entries(operation.responses).find(([status]) => status.startsWith('2'));
  if (!found) return null;
  const [status, { content = {} }] = found;
  const url = document.servers[0]?.url ?? '';
  for (const [type, media] of Object.entries(content)) {
    const example = exampleOf(document, media);
    if (example === undefined) continue;
    if (typeof example === 'string') return { status, text: here(example, url), language: 'text' };
    const isJson = /\bjson$/.test(type);
    return {
      status,
      text: JSON.stringify(here(example, url), null, 2),
      language: isJson ? 'json' : 'text',
    };
  }
  return null;
}

function here<T>(example: T, url: string): T {
  return JSON.parse(JSON.stringify(example).replaceAll(EXAMPLE_HOST, url)) as T;
}
