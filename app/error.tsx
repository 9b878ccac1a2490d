'use client';

import { Statement } from '@/components/page/statement';
import { buttonVariants } from '@/components/ui/button-variants';
import { crashMessages } from '@/lib/core/i18n/crash-messages';

export default function ErrorPage({ retry }: { retry: () => void }) {
  const messages = crashMessages();
  return (
    <Statement title={messages.title} detail={messages.detail}>
      <button
        type="button"
        onClick={() => retry()}
        className={buttonVariants({ variant: 'primary', size: 'lg' })}
      >
        {messages.retry}
      </button>
    </Statement>
  );
}
