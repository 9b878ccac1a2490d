import { respondWithExport } from '@/components/contacts/export-response';

/** As vCard 4.0, or with `?version=3.0` as vCard 3.0. */
export function GET(request: Request): Promise<Response> {
  const version = new URL(request.url).searchParams.get('version');
  return respondWithExport(version === '3.0' ? 'vcf-3.0' : 'vcf');
}
