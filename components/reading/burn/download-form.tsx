'use client';

import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';

interface DownloadFormProps {
  slug: string;
  nonce: string;
  label: string;
}

/** The file as it was stored, within the minute of the reveal; later, a script saves the text of this page. */
export function DownloadForm({ slug, nonce, label }: DownloadFormProps) {
  const action = `/${slug}/download`;
  return (
    <form
      action={action}
      method="post"
      target="_blank"
      onSubmit={(event) => {
        event.preventDefault();
        void save(action, { slug, nonce });
      }}
      rel="noopener"
      className="max-sm:[@media(scripting:none)]:grow"
    >
      <input type="hidden" name="nonce" value={nonce} />
      <button type="submit" className={cn(buttonVariants(), 'max-sm:w-full')}>
        {label}
      </button>
    </form>
  );
}

async function save(action: string, { slug, nonce }: { slug: string; nonce: string }): Promise<void> {
  const answer = await fetch(action, { method: 'POST', body: new URLSearchParams({ nonce }) }).catch(
    () => null,
  );
  const isStored = answer?.ok === true;
  const blob = isStored ? await answer.blob() : new Blob([shownText()], { type: 'text/plain' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = isStored ? nameIn(answer.headers.get('content-disposition'), slug) : `${slug}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function shownText(): string {
  return [...document.querySelectorAll('.code-text')].map(({ textContent }) => textContent ?? '').join('\n');
}

function nameIn(disposition: string | null, slug: string): string {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '') ?? [];
  const [, plain] = /filename="?([^";]+)"?/i.exec(disposition ?? '') ?? [];
  return encoded === undefined ? (plain ?? slug) : decodeURIComponent(encoded);
}
