import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef } from 'react';
import { TextEditor } from '@/components/editor/text-editor';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { FieldError } from '@/components/ui/field-error';
import { NativeSelect } from '@/components/ui/native-select';
import { useHasScript } from '@/components/ui/use-has-script';
import { languages } from '@/lib/text/highlight/languages';
import { BinaryFile } from './binary-file';
import type { FileCard } from './file-card';
import { panelId } from './file-tabs';
import { CrossIcon } from './icons';
import { languageLabelOf } from './language-label';
import { hasOnlyCrlf, toLineFeeds } from './newlines';
import type { FocusWish, LineWish } from './use-file-cards';
import type { FileFacts } from './use-file-facts';

export interface ComposerFileProps {
  card: FileCard;
  index: number;
  facts: FileFacts;
  isOnly: boolean;
  isShown: boolean;
  /** Whether the paste is being sent as it is. */
  isLocked: boolean;
  faults: Record<string, string>;
  /** The field the page opens on. */
  focus: string | null;
  /** What its author has just asked for, and will want to go on with. */
  wish: FocusWish['part'] | null;
  lineWish: LineWish | null;
  /** The most bytes that the text can have. */
  maxBytes: number;
  /** A text was not inserted, because it is too large. */
  onRefused: () => void;
  onRemove: () => void;
}

export function ComposerFile(props: ComposerFileProps) {
  const { card, index, facts, isOnly, isShown, isLocked, faults, focus, wish, lineWish } = props;
  const { maxBytes, onRefused, onRemove } = props;
  const t = useTranslations('composer');
  const hasScript = useHasScript();
  const name = `files.${index}.name`;
  const language = `files.${index}.language`;
  const content = `files.${index}.content`;
  const panel = useRef<HTMLElement>(null);
  // Large texts are not gone through again at each change.
  const text = useMemo(() => toLineFeeds(card.text), [card.text]);
  const hasCrlf = useMemo(() => hasOnlyCrlf(card.text), [card.text]);

  useEffect(() => {
    if (wish === 'name') panel.current?.querySelector<HTMLElement>('input:not([type="hidden"])')?.focus();
    if (wish === 'text') focusText(panel.current);
  }, [wish]);

  const fault = (field: string) => ({
    'aria-invalid': faults[field] ? true : undefined,
    'aria-describedby': faults[field] ? `${field}-error` : undefined,
    autoFocus: focus === field,
  });
  return (
    <section
      ref={panel}
      inert={isLocked}
      id={panelId(card.key)}
      role={hasScript && !isOnly ? 'tabpanel' : undefined}
      aria-label={t('file', { number: index + 1 })}
      className={cn('sheet-part', !isShown && 'scripting:hidden')}
    >
      {card.source === null ? null : (
        <input type="hidden" name={`files.${index}.source`} value={card.source} />
      )}
      {hasCrlf ? <input type="hidden" name={`files.${index}.breaks`} value="crlf" /> : null}
      <div
        className={cn(
          'sheet-head gutter flex min-w-0 flex-wrap items-center gap-x-1 py-1.5',
          isOnly && 'scripting:touch:pr-1',
        )}
      >
        <input
          name={name}
          aria-label={t('fileName')}
          placeholder={t('fileNamePlaceholder')}
          defaultValue={card.name}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="-ml-2 h-9 w-16 min-w-0 grow max-sm:w-[6.5rem] rounded-md bg-transparent px-2 font-mono text-code hover:bg-wash aria-invalid:bg-danger-wash"
          {...fault(name)}
        />
        {card.base64 === undefined ? (
          <NativeSelect
            name={language}
            aria-label={t('language')}
            defaultValue={card.language}
            className="max-w-[18rem] text-muted [text-align-last:end] max-sm:max-w-[calc(100vw-13.5rem)] max-sm:pl-0"
            {...fault(language)}
          >
            <option value="">
              {facts.detected === null
                ? t('detect')
                : t('detected', { language: languageLabelOf(facts.detected, t('plainText')) })}
            </option>
            {languages.map(({ id, name: label }) => (
              <option key={id} value={id}>
                {id === 'text' ? t('plainText') : label}
              </option>
            ))}
          </NativeSelect>
        ) : null}
        {isOnly ? null : (
          <Button
            type="submit"
            name="intent"
            value={`remove:${index}`}
            variant="quiet"
            className="-mr-2 w-9 px-0"
            aria-label={t('removeFileNumbered', { number: index + 1 })}
            title={t('removeFile')}
            onClick={(event) => {
              event.preventDefault();
              onRemove();
            }}
          >
            <CrossIcon />
          </Button>
        )}
        <div className="w-full pt-1 pb-0.5 empty:hidden">
          <FieldError id={`${name}-error`}>{faults[name]}</FieldError>
          <FieldError id={`${language}-error`}>{faults[language]}</FieldError>
          <FieldError id={`${content}-error`}>{faults[content]}</FieldError>
        </div>
      </div>
      {card.base64 === undefined ? (
        <TextEditor
          name={content}
          text={text}
          language={facts.language}
          isShown={isShown}
          isOnly={isOnly}
          isInvalid={faults[content] !== undefined}
          describedBy={faults[content] === undefined ? undefined : `${content}-error`}
          autoFocus={focus === content}
          lineWish={lineWish}
          maxBytes={maxBytes}
          onRefused={onRefused}
        />
      ) : (
        <BinaryFile name={facts.name} base64={card.base64} />
      )}
    </section>
  );
}

function focusText(panel: HTMLElement | null): void {
  const editor = panel?.querySelector<HTMLElement>('.cm-content');
  (editor ?? panel?.querySelector('textarea'))?.focus();
}
