import { answerJson } from '@/components/actions/json-answer';
import { loadPaletteSetup } from '@/components/palette/load-palette';
import { getPageText } from '@/components/request/page-text';

/** For the palette, on pages of both processes: its commands. */
export function GET(): Promise<Response> {
  return answerJson(async (caller) => loadPaletteSetup(caller, await getPageText()));
}
