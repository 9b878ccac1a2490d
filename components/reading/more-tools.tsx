import { getTranslations } from 'next-intl/server';
import { DeleteDialog } from './delete-dialog';
import { HideDialog } from './hide-dialog';
import { LineJump } from './line-jump';
import { ShowAgain } from './show-again';

export interface MoreRights {
  canEdit: boolean;
  canDelete: boolean;
  canSeeHistory: boolean;
  /** With how many people it is shared; null if that is not for the reader to know. */
  sharedWith: number | null;
  /** What a moderator may do about it, if the reader is one. */
  moderation: 'hide' | 'show' | null;
}

interface MoreToolsProps {
  slug: string;
  rights: MoreRights;
  doesWrap: boolean;
  triggerClassName: string;
}

/** What is wanted less often: a popover of the platform's own, so it needs no script. */
export async function MoreTools({ slug, rights, doesWrap, triggerClassName }: MoreToolsProps) {
  const t = await getTranslations('reading');
  const sharing = await getTranslations('sharing');
  const { canEdit, canDelete, canSeeHistory, sharedWith, moderation } = rights;
  return (
    <>
      <button type="button" popoverTarget="more-tools" className={triggerClassName}>
        {t('more')}
      </button>
      <div
        id="more-tools"
        popover="auto"
        className="more-panel rounded-md border border-edge bg-raised text-ink"
      >
        <ul>
          <li className="sm:hidden">
            <a href={`/${slug}/download`} download="" className="menu-item">
              {t('download')}
            </a>
          </li>
          <li className="needs-script sm:hidden">
            <button type="button" data-toggles="wrap" aria-pressed={doesWrap} className="menu-item">
              {t('wrap')}
            </button>
          </li>
          {canEdit ? (
            <li>
              <a href={`/${slug}/edit`} className="menu-item">
                {t('edit')}
              </a>
            </li>
          ) : null}
          {canSeeHistory ? (
            <li className="sm:hidden">
              <a href={`/${slug}/history`} className="menu-item">
                {t('history')}
              </a>
            </li>
          ) : null}
          {sharedWith === null ? null : (
            <li className="sm:hidden">
              <a href={`/${slug}/share`} className="menu-item">
                {sharing('tool', { count: sharedWith })}
              </a>
            </li>
          )}
          <li>
            <a href={`/?from=${slug}`} className="menu-item">
              {t('duplicate')}
            </a>
          </li>
          <li className="needs-script">
            <button type="button" popoverTarget="line-jump" className="menu-item">
              {t('goToLine')}
            </button>
          </li>
          <li className="needs-script max-sm:hidden">
            <button type="button" data-does="print" className="menu-item">
              {t('print')}
            </button>
          </li>
          {moderation === null ? null : (
            <li className="mt-1 border-t border-hair pt-1">
              {moderation === 'hide' ? <HideDialog slug={slug} /> : <ShowAgain slug={slug} />}
            </li>
          )}
          {canDelete ? (
            <li className="mt-1 border-t border-hair pt-1">
              <DeleteDialog
                slug={slug}
                triggerClassName="w-full justify-start rounded-sm font-normal max-sm:h-11"
              />
            </li>
          ) : null}
        </ul>
      </div>
      {/* Keys press what is there to be seen, and the menu is closed. */}
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        popoverTarget="line-jump"
        data-shortcut="l"
        className="needs-script sr-only"
      />
      <LineJump />
    </>
  );
}
