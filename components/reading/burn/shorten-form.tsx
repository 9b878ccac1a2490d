import { buttonVariants } from '@/components/ui/button-variants';
import { NativeSelect } from '@/components/ui/native-select';
import { Options } from '@/components/ui/options';
import { ButtonForm } from '@/components/ui/page-form';
import type { PageText } from '@/lib/core/i18n/page-text';
import { shorterLifetimes } from '@/lib/core/lifetime';
import type { PasteRecord } from '@/lib/pastes/queries';
import { shortenLifetimeAction } from './actions';

interface ShortenFormProps {
  paste: PasteRecord;
  now: Date;
  text: PageText;
}

/** For the author of a paste that burns, whose lifetime can only become shorter. */
export function ShortenForm({ paste: { slug, expiresAt }, now, text: { t } }: ShortenFormProps) {
  const lifetimes = shorterLifetimes(expiresAt, now);
  return (
    <ButtonForm action={shortenLifetimeAction.bind(null, slug)} className="flex w-full flex-wrap gap-2">
      {/* Without any, the form still says why what was posted failed. */}
      {lifetimes.length === 0 ? null : (
        <>
          <NativeSelect
            name="lifetime"
            aria-label={t('burning.newLifetime')}
            defaultValue={lifetimes.at(-1)}
            className="border-edge bg-raised"
          >
            <Options values={lifetimes} label={(lifetime) => t(`lifetimes.${lifetime}`)} />
          </NativeSelect>
          <button type="submit" className={buttonVariants()}>
            {t('burning.shorten')}
          </button>
        </>
      )}
    </ButtonForm>
  );
}
