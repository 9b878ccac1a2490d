import { useTranslations } from 'next-intl';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { FieldError } from '@/components/ui/field-error';
import { LinkIcon } from './icons';

export interface LinkChoiceProps {
  slug: string;
  linkStart: string;
  fault: string | undefined;
}

/** A link of one's own choice, for those who want one; it opens over the text, and without any script. */
export function LinkChoice({ slug, linkStart, fault }: LinkChoiceProps) {
  const t = useTranslations('composer');
  return (
    <details
      open={fault !== undefined || slug !== '' ? true : undefined}
      className="has-[input:not(:placeholder-shown)]:[&>summary]:text-accent md:relative"
      onToggle={({ currentTarget }) => {
        const opened = currentTarget.contains(document.activeElement) && currentTarget.open;
        if (opened) currentTarget.querySelector('input')?.focus();
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== 'Escape') return;
        currentTarget.open = false;
        currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary
        title={t('ownLink')}
        className={cn(
          buttonVariants({ variant: 'quiet' }),
          'h-10 list-none font-normal max-lg:w-10 max-lg:px-0',
        )}
      >
        <LinkIcon />
        <span className="max-lg:sr-only">{t('ownLink')}</span>
      </summary>
      <div className="absolute bottom-[calc(100%+8px)] z-3 rounded-md max-md:inset-x-4 md:right-0 md:bottom-[calc(100%+16px)] md:w-[380px] border border-edge bg-raised p-4">
        <label htmlFor="own-link" className="mb-1.5 block text-xs text-muted">
          {t('ownLinkLabel')}
        </label>
        <div className="flex min-h-10 items-center rounded-md border border-edge bg-paper pl-3 font-mono text-code focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent has-aria-invalid:border-danger">
          <span className="max-w-1/2 shrink-0 truncate text-muted" aria-hidden="true">
            {linkStart}
          </span>
          <input
            id="own-link"
            name="slug"
            defaultValue={slug}
            placeholder={t('ownLinkPlaceholder')}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            aria-invalid={fault ? true : undefined}
            aria-describedby={fault ? 'slug-error' : 'own-link-hint'}
            className="h-full min-w-0 grow rounded-md bg-transparent pr-3 outline-none"
          />
        </div>
        <div className="mt-1.5">
          <FieldError id="slug-error">{fault}</FieldError>
          {fault ? null : (
            <p id="own-link-hint" className="text-xs text-muted">
              {t('ownLinkHint')}
            </p>
          )}
        </div>
      </div>
    </details>
  );
}
