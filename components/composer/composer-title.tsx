import { useTranslations } from 'next-intl';
import { FieldError } from '@/components/ui/field-error';

export interface ComposerTitleProps {
  title: string;
  fault: string | undefined;
  autoFocus: boolean;
}

/** In the composer's bar; on a phone above the text. */
export function ComposerTitle({ title, fault, autoFocus }: ComposerTitleProps) {
  const t = useTranslations('composer');
  return (
    <div className="composer-title max-md:gutter">
      <input
        name="title"
        aria-label={t('title')}
        placeholder={t('titlePlaceholder')}
        defaultValue={title}
        autoComplete="off"
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? 'title-error' : undefined}
        // biome-ignore lint/a11y/noAutofocus: the refused field gets the focus
        autoFocus={autoFocus}
        className="-ml-2 h-10 w-full max-md:w-[calc(100%+1rem)] rounded-md bg-transparent px-2 text-base font-medium placeholder:font-normal hover:bg-wash aria-invalid:bg-danger-wash"
      />
      <FieldError id="title-error">{fault}</FieldError>
    </div>
  );
}
