'use client';

import './globals.css';
import { Statement } from '@/components/page/statement';
import { buttonVariants } from '@/components/ui/button-variants';
import { crashMessages } from '@/lib/core/i18n/crash-messages';

export default function GlobalError() {
  const messages = crashMessages();
  const lang = typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en';
  return (
    <html lang={lang}>
      <body>
        <title>{messages.title}</title>
        <Statement title={messages.title} detail={messages.detail}>
          <a href="/" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
            {messages.home}
          </a>
        </Statement>
      </body>
    </html>
  );
}
