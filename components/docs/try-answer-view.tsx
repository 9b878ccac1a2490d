import { useTranslations } from 'next-intl';
import type { TryAnswer } from './try-request';

const SHOWN =
  'rounded-md bg-wash px-3 py-2 font-mono text-2xs leading-normal wrap-anywhere whitespace-pre-wrap';

export function TryAnswerView({ answer }: { answer: TryAnswer }) {
  const t = useTranslations('docs.api.try');
  const { status, ms, headers, text, bytes } = answer;
  return (
    <div className="flex flex-col gap-3" lang="en" dir="ltr">
      <p className={status < 400 ? 'font-semibold text-accent' : 'font-semibold text-danger'}>
        {t('took', { status: String(status), ms })}
      </p>
      <div>
        <h5 className="mb-1 text-2xs text-muted">{t('answer')}</h5>
        {text === null || text === '' ? (
          <p className="text-muted">{text === null ? t('bytes', { count: bytes }) : t('empty')}</p>
        ) : (
          <pre className={SHOWN}>{text}</pre>
        )}
      </div>
      <div>
        <h5 className="mb-1 text-2xs text-muted">{t('headers')}</h5>
        <pre className={SHOWN}>{headers}</pre>
      </div>
    </div>
  );
}
