'use client';

import { type ClipboardEvent, type KeyboardEvent, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '@/components/ui/class-names';
import { FieldError } from '@/components/ui/field-error';
import type { ChoosableContact } from './choosable-contacts';
import { RecipientChip } from './recipient-chip';
import { isAddress } from './recipients';
import { useContactSuggestions } from './use-contact-suggestions';
import type { ShareSheetState } from './use-share-sheet';

interface RecipientFieldProps {
  /** The path of the page of sharing. */
  page: string;
  sheet: ShareSheetState;
}

/** One field for contacts and addresses; each one added stands before it, with its role. */
export function RecipientField({ page, sheet }: RecipientFieldProps) {
  const t = useTranslations('shareSheet');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { typed, recipients, fault } = sheet;
  const chosen = new Set(recipients.map(({ contactId }) => contactId));
  const suggestions = useContactSuggestions(page, typed);
  const shown = suggestions.found.filter((contact) => !chosen.has(contact.id));
  const active = Math.min(suggestions.active, shown.length - 1);
  const option = shown[active];

  function choose({ id: contactId, name, email }: ChoosableContact) {
    sheet.add([{ contactId, name, email, role: 'reader' }]);
    suggestions.close();
    input.current?.focus();
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (shown.length > 0) {
        const step = key === 'ArrowDown' ? 1 : -1;
        suggestions.setActive((active + step + shown.length) % shown.length);
      }
    } else if (key === 'Enter' || key === ',' || key === ';') {
      event.preventDefault();
      if (key === 'Enter' && option && !isAddress(typed.trim())) choose(option);
      else if (typed.trim() !== '') sheet.addText(typed);
    } else if (key === 'Backspace' && typed === '') {
      const last = recipients.at(-1);
      if (last) sheet.remove(last.email);
    } else if (key === 'Escape' && shown.length > 0) {
      event.preventDefault();
      suggestions.close();
    }
  }

  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\s,;]/.test(text.trim())) return;
    event.preventDefault();
    sheet.addText(`${typed} ${text}`);
  }

  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {t('people')}
      </label>
      <div className="relative">
        <div className="recipient-box" data-invalid={fault === null ? undefined : ''}>
          {recipients.length === 0 ? null : (
            <ul aria-label={t('toShareWith')} className="contents">
              {recipients.map((one) => (
                <RecipientChip
                  key={one.email}
                  recipient={one}
                  onRole={(role) => sheet.setRole(one.email, role)}
                  onRemove={() => {
                    sheet.remove(one.email);
                    input.current?.focus();
                  }}
                />
              ))}
            </ul>
          )}
          <input
            ref={input}
            id={id}
            role="combobox"
            aria-expanded={shown.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={option ? `${id}-${option.id}` : undefined}
            aria-invalid={fault === null ? undefined : true}
            aria-describedby={fault === null ? `${id}-hint` : `${id}-error`}
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={({ currentTarget }) => sheet.type(currentTarget.value)}
            onKeyDown={press}
            onPaste={paste}
            onBlur={suggestions.close}
          />
        </div>
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={t('contacts')}
          hidden={shown.length === 0}
          className="recipient-list"
        >
          {shown.map((contact, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
            <div
              key={contact.id}
              id={`${id}-${contact.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={cn('px-3 py-1.5 touch:py-2.5', index === active && 'bg-wash')}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(contact)}
            >
              <bdi className="mr-1 text-sm">{contact.name}</bdi>{' '}
              <span className="text-xs text-muted">{contact.email}</span>
            </div>
          ))}
        </div>
      </div>
      {fault === null ? (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {t('hint')}
        </p>
      ) : null}
      <FieldError id={`${id}-error`}>{fault ?? undefined}</FieldError>
    </div>
  );
}
