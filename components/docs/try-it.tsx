'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TryForm, type TryFormProps } from './try-form';

/** Sends real requests. Its form is created when it is first opened. */
export function TryIt({ name, ...form }: TryFormProps & { name: string }) {
  const t = useTranslations('docs.api.try');
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details
      className="needs-script no-print"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) setWasOpened(true);
      }}
    >
      <summary className="tap text-link w-fit list-none text-sm" aria-label={`${t('open')}: ${name}`}>
        {t('open')}
      </summary>
      {wasOpened ? <TryForm {...form} /> : null}
    </details>
  );
}
