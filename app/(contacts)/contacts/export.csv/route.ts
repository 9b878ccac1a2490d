import { respondWithExport } from '@/components/contacts/export-response';

export function GET(): Promise<Response> {
  return respondWithExport('csv');
}
