'use client';

import { useState } from 'react';
import { StrengthMeter, type StrengthMeterProps } from './strength-meter';
import { TextField, type TextFieldProps } from './text-field';

export interface PasswordInputProps extends Pick<TextFieldProps, 'name' | 'label' | 'hint' | 'required'> {
  autoComplete: 'current-password' | 'new-password';
  words: { show: string; hide: string; showName: string; hideName: string };
  meter: Pick<StrengthMeterProps, 'levels' | 'minLength'> | null;
  onPassword?: (typed: string) => void;
}

export function PasswordInput({ words, meter, onPassword, ...field }: PasswordInputProps) {
  const [isShown, setShown] = useState(false);
  const [isVisited, setVisited] = useState(false);
  const [typed, setTyped] = useState<{ password: string; known: string[] }>({ password: '', known: [] });

  return (
    <TextField
      required
      {...field}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      className="pr-20"
      onFocus={() => setVisited(true)}
      onChange={({ currentTarget }) => {
        setTyped({ password: currentTarget.value, known: otherTexts(currentTarget) });
        onPassword?.(currentTarget.value);
      }}
      inside={
        <button
          type="button"
          aria-label={isShown ? words.hideName : words.showName}
          className="needs-script absolute inset-y-1 right-1 rounded-sm touch:inset-y-0 touch:right-0 px-2.5 text-xs text-muted hover:text-ink"
          onClick={() => setShown(!isShown)}
        >
          {isShown ? words.hide : words.show}
        </button>
      }
      below={meter === null ? undefined : <StrengthMeter {...meter} {...typed} isWanted={isVisited} />}
    />
  );
}

/** The other fields of the form: a password that contains them is easy to guess. */
function otherTexts(input: HTMLInputElement): string[] {
  const fields = [...(input.form?.elements ?? [])].filter((element) => element instanceof HTMLInputElement);
  return fields
    .filter(({ name }) => name === 'email' || name === 'username')
    .flatMap(({ value }) => [value, ...value.split(/\W+/)])
    .filter((text) => text !== '');
}
