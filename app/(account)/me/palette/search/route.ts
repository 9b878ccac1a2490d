import type { NextRequest } from 'next/server';
import { answerJson } from '@/components/actions/json-answer';
import { searchForPalette } from '@/components/palette/load-palette';
import { requireMember } from '@/components/request/current-caller';
import { getPageText } from '@/components/request/page-text';

/** For the palette: the pastes and contacts of the user that match `?q=`. */
export function GET({ nextUrl }: NextRequest): Promise<Response> {
  const q = nextUrl.searchParams.get('q') ?? '';
  return answerJson(async (caller) =>
    searchForPalette(q, { caller: requireMember(caller, 'member'), text: await getPageText() }),
  );
}
