import type { ReactNode } from 'react';
import type { PageText } from '@/lib/core/i18n/page-text';
import { pasteUrl } from '@/lib/pastes/dto';
import { awaitsApproval, isClosedTo } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { nameWarnings } from '@/lib/text/unicode/text-warnings';
import { AwaitingBanner } from './awaiting-banner';
import { FileIndex } from './file-index';
import { FilePart } from './file-part';
import { FileView } from './file-view';
import { HiddenBanner } from './hidden-banner';
import { LineTools } from './line-tools';
import type { LoadedFile } from './loaded-file';
import type { MoreDialogs, MoreRights } from './more-tools';
import { PasteEnd } from './paste-end';
import { PasteHead } from './paste-head';
import { PasteTools } from './paste-tools';
import { doesWrapBy } from './prose';
import { NameWarningNote } from './text-warning-note';
import { ViewSwitch } from './view-switch';
import type { WrapChoice } from './wrap-choice';

export interface PastePageProps {
  paste: PasteRecord;
  files: readonly LoadedFile[];
  now: Date;
  viewer: {
    isOwner: boolean;
    /** Whether the paste is shared with them. */
    isShared: boolean;
    rights: MoreRights;
  };
  dialogs: MoreDialogs;
  wrap: WrapChoice;
  /** What stands above the paste; it then has the primary action if `isSecondary` is set. */
  notices?: ReactNode;
  isSecondary?: boolean;
  text: PageText;
}

/** A paste to read: the whole page between the header and the footer of the site. */
export function PastePage({ paste, files, now, viewer, dialogs, wrap, ...rest }: PastePageProps) {
  const { notices = null, isSecondary = false, text } = rest;
  const [only, second] = files;
  return (
    <>
      {notices}
      {paste.hiddenAt === null ? null : <HiddenBanner paste={paste} isOwn={viewer.isOwner} text={text} />}
      {viewer.isOwner && awaitsApproval(paste) ? <AwaitingBanner text={text} /> : null}
      <main id="main" data-wrap={wrap} className="flex min-w-0 grow flex-col">
        <PasteHead
          paste={paste}
          now={now}
          isShared={viewer.isShared}
          settings={dialogs.settings}
          patch={second === undefined ? only?.patch : null}
          text={text}
        />
        <NameWarningNote names={nameWarnings(paste)} text={text} />
        <PasteTools
          slug={paste.slug}
          files={files}
          rights={viewer.rights}
          dialogs={dialogs}
          doesWrap={doesWrapBy(wrap, files)}
          curl={curlOf(paste)}
          isSecondary={isSecondary}
          text={text}
        />
        {only !== undefined && second === undefined ? (
          <FileView file={only} text={text} />
        ) : (
          <>
            <FileIndex files={files} text={text} />
            {files.map((file) => (
              <FilePart
                key={file.number}
                file={file}
                viewSwitch={<ViewSwitch slug={paste.slug} file={file} isSingle={false} text={text} />}
                raw={`/${paste.slug}/raw/${file.number}`}
                text={text}
              />
            ))}
          </>
        )}
        <LineTools text={text} />
        <PasteEnd paste={paste} text={text} />
      </main>
    </>
  );
}

/** For terminal clients, which have neither a session nor a button to reveal the text. */
function curlOf({ slug, visibility, burnAfter, hiddenAt }: PasteRecord): string | null {
  const takesMore = visibility === 'private' || burnAfter !== null || hiddenAt !== null || isClosedTo(null);
  return takesMore ? null : `curl ${pasteUrl(slug)}`;
}
