'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useRef, useState } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { useKeptText } from '@/components/ui/use-kept-text';
import { isJson } from '@/lib/text/is-json';
import { TryAnswerView } from './try-answer-view';
import { sendTry, type TryAnswer, type TryParameter, type TryRequest } from './try-request';
import { useTrySession } from './try-session';

export interface TryFormProps {
  method: string;
  path: string;
  takesToken: boolean;
  parameters: readonly TryParameter[];
  body: { kind: 'json'; text: string } | { kind: 'file' } | null;
}

const FIELD = 'h-9 w-full min-w-0 rounded-md border border-edge bg-raised px-2.5 font-mono text-xs';

export function TryForm({ method, path, takesToken, parameters, body }: TryFormProps) {
  const t = useTranslations('docs.api.try');
  const { token, setToken } = useTrySession();
  const [answer, setAnswer] = useState<TryAnswer | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const id = useId();
  const jsonField = useRef<HTMLTextAreaElement>(null);
  useKeptText(`${id}-json`, jsonField);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = Object.fromEntries(parameters.map(({ name }) => [name, textOf(form, `p-${name}`)]));
    const content = bodyOf(form, body);
    setFault(null);
    setAnswer(null);
    if (content?.kind === 'json' && !isJson(content.text)) return setFault(t('malformed'));
    setIsSending(true);
    try {
      const sentToken = takesToken ? token.trim() : '';
      setAnswer(await sendTry({ method, path, parameters, values, token: sentToken, body: content }));
    } catch {
      setFault(t('failed'));
    } finally {
      setIsSending(false);
    }
  }

  return (
    <form onSubmit={send} className="mt-3 flex flex-col gap-3 rounded-md border border-hair p-4 text-xs">
      {takesToken ? (
        <label className="flex flex-col gap-1">
          <span>{t('token')}</span>
          <input
            type="password"
            autoComplete="off"
            value={token}
            onChange={({ target }) => setToken(target.value)}
            aria-describedby={`${id}-token`}
            className={FIELD}
          />
          <span id={`${id}-token`} className="text-2xs text-muted">
            {t('tokenHint')}
          </span>
        </label>
      ) : null}
      {parameters.map(({ name, place, required }) => (
        <label key={`${place} ${name}`} className="flex flex-col gap-1">
          <code className="font-mono text-xs">{name}</code>
          <input
            name={`p-${name}`}
            required={required}
            autoComplete="off"
            spellCheck={false}
            className={FIELD}
          />
        </label>
      ))}
      {body?.kind === 'json' ? (
        <label className="flex flex-col gap-1">
          <span>{t('jsonBody')}</span>
          <textarea
            ref={jsonField}
            id={`${id}-json`}
            name="json"
            defaultValue={body.text}
            rows={Math.min(14, body.text.split('\n').length + 1)}
            spellCheck={false}
            className="w-full rounded-md border border-edge bg-raised px-2.5 py-2 font-mono text-xs leading-normal"
          />
        </label>
      ) : null}
      {body?.kind === 'file' ? (
        <label className="flex flex-col gap-1">
          <span>{t('file')}</span>
          <input name="file" type="file" required className="text-xs" />
        </label>
      ) : null}
      <button
        type="submit"
        disabled={isSending}
        aria-busy={isSending}
        className={`${buttonVariants({ variant: 'primary' })} self-start`}
      >
        {isSending ? t('sending') : t('send')}
      </button>
      <div role="status" className="contents">
        {fault === null ? null : <p className="text-danger">{fault}</p>}
        {answer === null ? null : <TryAnswerView answer={answer} />}
      </div>
    </form>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function bodyOf(form: FormData, body: TryFormProps['body']): TryRequest['body'] {
  if (body?.kind === 'json') return { kind: 'json', text: textOf(form, 'json') };
  const file = form.get('file');
  return file instanceof File ? { kind: 'file', file } : null;
}
