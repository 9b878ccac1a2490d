import 'server-only';
import { api } from '@/lib/api/app';
import type { ApiDocument } from './api-document';

let asked: Promise<ApiDocument> | undefined;

/** The document that `/api/v1/openapi.json` answers with. It is the same as long as the process runs. */
export function readApiDocument(): Promise<ApiDocument> {
  asked ??= requestDocument();
  return asked;
}

async function requestDocument(): Promise<ApiDocument> {
  const answer = await api.request('/api/v1/openapi.json');
  return (await answer.json()) as ApiDocument;
}
