import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { FieldError } from '@/components/ui/field-error';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { languages } from '@/lib/highlight/languages';
import { hasOnlyCrlf, toLineFeeds } from '@/lib/pastes/newlines';
import type { FileCard } from './file-card';

export interface ComposerFileProps {
  card: FileCard;
  index: number;
  isOnly: boolean;
  faults: Record<string, string>;
  /** The field the page opens on. */
  focus: string | null;
  /** Whether its author has just asked for it, and will want to name it. */
  isAdded: boolean;
  onRemove: () => void;
}

export function ComposerFile({ card, index, isOnly, faults, focus, isAdded, onRemove }: ComposerFileProps) {
  const t = useTranslations('composer');
  const name = `files.${index}.name`;
  const language = `files.${index}.language`;
  const content = `files.${index}.content`;
  const nameField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (isAdded) nameField.current?.focus();
  }, [isAdded]);

  const fault = (field: string) => ({
    'aria-invalid': faults[field] ? true : undefined,
    'aria-describedby': faults[field] ? `${field}-error` : undefined,
    autoFocus: focus === field,
  });
  return (
    <section aria-label={t('file', { number: index + 1 })} className={cn('flex flex-col', isOnly && 'grow')}>
      {card.source === null ? null : (
        <input type="hidden" name={`files.${index}.source`} value={card.source} />
      )}
      {hasOnlyCrlf(card.text) ? <input type="hidden" name={`files.${index}.breaks`} value="crlf" /> : null}
      <div className="gutter flex flex-wrap items-center gap-x-1 py-1.5">
        <input
          ref={nameField}
          name={name}
          aria-label={t('fileName')}
          placeholder={t('fileNamePlaceholder')}
          defaultValue={card.name}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="-ml-2 h-9 w-20 min-w-0 grow rounded-md bg-transparent px-2 font-mono text-[13.5px] hover:bg-wash aria-invalid:bg-danger-wash"
          {...fault(name)}
        />
        <NativeSelect
          name={language}
          aria-label={t('language')}
          defaultValue={card.language}
          className="max-w-[13rem] text-muted max-sm:max-w-[9.5rem]"
          {...fault(language)}
        >
          <option value="">{t('detect')}</option>
          {languages.map(({ id, name: label }) => (
            <option key={id} value={id}>
              {id === 'text' ? t('plainText') : label}
            </option>
          ))}
        </NativeSelect>
        {isOnly ? null : (
          <Button
            type="submit"
            name="intent"
            value={`remove:${index}`}
            variant="quiet"
            className="-mr-2 w-9 px-0 text-[18px]"
            aria-label={t('removeFileNumbered', { number: index + 1 })}
            title={t('removeFile')}
            onClick={(event) => {
              event.preventDefault();
              onRemove();
            }}
          >
            <span aria-hidden="true">×</span>
          </Button>
        )}
        <div className="w-full pt-1 pb-0.5 empty:hidden">
          <FieldError id={`${name}-error`}>{faults[name]}</FieldError>
          <FieldError id={`${language}-error`}>{faults[language]}</FieldError>
          <FieldError id={`${content}-error`}>{faults[content]}</FieldError>
        </div>
      </div>
      <Textarea
        name={content}
        aria-label={t('text')}
        placeholder={t('textPlaceholder')}
        defaultValue={toLineFeeds(card.text)}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        dir="auto"
        className={cn(
          'gutter border-y border-hair py-4 font-mono text-[13.5px] leading-[1.55] [font-variant-ligatures:none] [tab-size:4] max-sm:text-[16px]',
          isOnly ? 'min-h-[44vh] grow' : 'field-sizing-content max-h-[70vh] min-h-[13lh] resize-y',
        )}
        {...fault(content)}
      />
    </section>
  );
}
