import { IntlProvider } from 'use-intl';
import { askJson } from '@/components/ui/ask-json';
import { mountIsland } from '@/components/ui/mount-island';
import type { SheetSetup } from './load-sheet';
import { ShareSheet } from './share-sheet';

/** See `watchShareSheet`. Without a session it leads to the page, and so to the form to sign in. */
export async function openShareSheet(page: string): Promise<boolean> {
  const answer = await askJson<SheetSetup>(`${page}/sheet`);
  if (!('value' in answer)) {
    if (answer.status === 401) window.location.assign(page);
    return answer.status === 401;
  }
  const setup = answer.value;
  mountIsland((remove) => (
    <IntlProvider locale={setup.locale} messages={setup.messages} timeZone="UTC">
      <ShareSheet page={page} setup={setup} onClosed={remove} />
    </IntlProvider>
  ));
  return true;
}
