import type { ReactNode } from 'react';
import type { PageText } from '@/lib/core/i18n/page-text';
import { readsLeft } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { HiddenBanner } from '../hidden-banner';
import { LineTools } from '../line-tools';
import type { MoreDialogs, MoreRights } from '../more-tools';
import { PasteEnd } from '../paste-end';
import type { WrapChoice } from '../wrap-choice';
import { SecretAbout } from './secret-about';
import { SecretHead } from './secret-head';
import { SecretTools } from './secret-tools';
import { SecretView } from './secret-view';

export interface SecretPageProps {
  paste: PasteRecord;
  now: Date;
  viewer: { isOwner: boolean; isShared: boolean; rights: MoreRights };
  isAuthor?: boolean;
  /** Whether what stands above the paste has the primary action and the link. */
  isSecondary?: boolean;
  dialogs: MoreDialogs;
  wrap: WrapChoice;
  notices?: ReactNode;
  /** What its author can do with a paste that burns. */
  children?: ReactNode;
  text: PageText;
}

/** The page of a secret paste, which `openPage` decrypts. Without a script it says how a terminal does. */
export function SecretPage({ paste, now, viewer, dialogs, wrap, ...rest }: SecretPageProps) {
  const { isAuthor = false, isSecondary = false, notices = null, children = null, text } = rest;
  const left = readsLeft(paste);
  return (
    <>
      {notices}
      {paste.hiddenAt === null ? null : <HiddenBanner paste={paste} isOwn={viewer.isOwner} text={text} />}
      <main id="main" data-wrap={wrap} className="flex min-w-0 grow flex-col">
        <SecretHead paste={paste} now={now} isShared={viewer.isShared} text={text} />
        <SecretTools
          slug={paste.slug}
          rights={viewer.rights}
          dialogs={dialogs}
          doesWrap={wrap === 'on'}
          isSecondary={isSecondary}
          isShareable={left === null || isAuthor}
          text={text}
        />
        <SecretView
          source={currentSource(paste)}
          explanation={
            left === null
              ? null
              : text.t(isAuthor ? 'burning.authorExplain' : 'burning.explain', { count: left })
          }
          text={text}
        />
        {children}
        <LineTools text={text} />
        <PasteEnd paste={paste} text={text} />
        <SecretAbout paste={paste} text={text} />
      </main>
    </>
  );
}

function currentSource({ slug, encryption, revision, expiresAt, burnAfter }: PasteRecord) {
  return {
    slug,
    raw: `/${slug}/raw`,
    lock: encryption?.hasLock ? `/${slug}/lock` : undefined,
    reveal: burnAfter === null ? undefined : `/${slug}/reveal`,
    revision,
    settings: { expiresAt, burnAfter },
  };
}
