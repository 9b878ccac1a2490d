import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Notice } from '@/components/page/notice';
import { heldEditKeys } from '@/components/request/edit-key-cookie';
import { getPageText } from '@/components/request/page-text';
import { keyForSavedPage } from '@/components/request/saved-page-key';
import { canEdit, canManage } from '@/lib/pastes/policy';
import type { FoundPaste } from '../load/load-paste';
import { viewerOf } from '../load/viewer';
import { dialogsFor } from '../manage/dialogs';
import { ShownEditKey } from '../owner/edit-key';
import { SavedPanel } from '../owner/saved-panel';
import { SecretAids } from '../secret/secret-aids';
import { SecretPage } from '../secret/secret-page';
import { readWrapChoice, WRAP_COOKIE } from '../wrap-choice';
import { ReadTimes } from './read-times';
import { ShortenForm } from './shorten-form';

interface SecretReadingProps {
  found: FoundPaste;
  /** Whether the page follows a save. */
  isSaved: boolean;
  /** Whether its author wants to see the edit key again. */
  asksForKey: boolean;
  /** What stands above all else. */
  offer: ReactNode;
}

/** The page of a secret paste, with what its author, editors and moderators can do. */
export async function SecretReading({ found, isSaved, asksForKey, offer }: SecretReadingProps) {
  const { paste, caller, now } = found;
  const text = await getPageText();
  const isManager = canManage(caller, paste, now);
  const isEditor = !isManager && canEdit(caller, paste, now);
  return (
    <>
      <SecretPage
        paste={paste}
        now={now}
        viewer={await viewerOf(found, await heldEditKeys())}
        isAuthor={isManager}
        isSecondary={isSaved && isManager}
        dialogs={dialogsFor(found, text)}
        wrap={readWrapChoice((await cookies()).get(WRAP_COOKIE)?.value)}
        notices={
          <>
            {offer}
            {isSaved && isManager ? (
              <SavedPanel paste={paste} now={now} editKey={await keyForSavedPage()} />
            ) : null}
            {asksForKey ? <ShownEditKey found={found} /> : null}
            {isSaved && isEditor ? <Notice name="saved">{text.t('sharing.editorSaved')}</Notice> : null}
          </>
        }
        text={text}
      >
        {isManager && paste.burnAfter !== null ? (
          <div className="no-print gutter flex max-w-measure flex-col gap-3 pb-2">
            <ReadTimes times={await readTimesOf(paste.id)} text={text} />
            <ShortenForm paste={paste} now={now} text={text} />
          </div>
        ) : null}
      </SecretPage>
      <SecretAids />
    </>
  );
}

async function readTimesOf(pasteId: string): Promise<Date[]> {
  const { listReads } = await import('@/lib/pastes/burn-records');
  return listReads(pasteId);
}
