import { buttonVariants } from '@/components/ui/button-variants';
import { NativeSelect } from '@/components/ui/native-select';
import { Options } from '@/components/ui/options';
import { PostedForm } from '@/components/ui/posted-form';
import type { PageText } from '@/lib/core/i18n/page-text';
import { offeredLifetimes, offersPublic } from '@/lib/core/instance-rules';
import { etagOf } from '@/lib/pastes/dto';
import type { PasteRecord } from '@/lib/pastes/queries';

interface SettingsPanelProps {
  paste: PasteRecord;
  text: PageText;
}

/** Visibility and lifetime, for those who manage the paste; `PasteHead` has the buttons that open it. */
export function SettingsPanel({ paste, text }: SettingsPanelProps) {
  const { t } = text;
  const { slug, visibility, ownerId } = paste;
  const isOwned = ownerId !== null;
  const visibilities = (['unlisted', 'public', 'private'] as const).filter(
    (one) => one === visibility || (one === 'private' ? isOwned : one !== 'public' || offersPublic(isOwned)),
  );
  const select = 'h-10 border-edge bg-raised';
  return (
    <div
      id="paste-settings"
      popover="auto"
      role="dialog"
      aria-label={t('reading.changeSettings')}
      className="more-panel rounded-md border border-edge bg-raised p-3 text-ink max-sm:mx-4 max-sm:[position-area:bottom_span-right]"
    >
      <PostedForm action={`/${slug}/forms/settings`} className="grid gap-2" text={text}>
        <input type="hidden" name="etag" value={etagOf(paste)} />
        <NativeSelect
          name="visibility"
          aria-label={t('composer.visibility')}
          defaultValue={visibility}
          // Else a reloaded page could have the choice of an earlier one.
          autoComplete="off"
          className={select}
        >
          <Options values={visibilities} label={(one) => t(`visibilities.${one}`)} />
        </NativeSelect>
        <NativeSelect
          name="lifetime"
          aria-label={t('composer.lifetime')}
          defaultValue="keep"
          autoComplete="off"
          className={select}
        >
          <Options
            values={['keep', ...offeredLifetimes(isOwned)] as const}
            label={(one) => t(`lifetimes.${one}`)}
          />
        </NativeSelect>
        <button type="submit" className={buttonVariants({ variant: 'primary' })}>
          {t('composer.save')}
        </button>
      </PostedForm>
    </div>
  );
}
