import type { ReactNode } from 'react';
import type { PageText } from '@/lib/core/i18n/page-text';

interface PostedFormProps {
  /** The path of a route that answers as those of paste-forms.ts. */
  action: string;
  /** The slug of the paste that it deletes: this browser then forgets its key. */
  deletes?: string;
  /** What it says if the server does not respond. */
  unreachable?: string;
  className?: string;
  text: PageText;
  children: ReactNode;
}

/** A form that no server action answers, for pages of the front; `watchPostedForms` posts it without leaving the page. */
export function PostedForm({ action, deletes, unreachable, className, text, children }: PostedFormProps) {
  return (
    <form
      method="post"
      action={action}
      data-posted={unreachable ?? text.t('site.unreachable')}
      data-deletes={deletes}
      className={className}
    >
      <p role="alert" hidden className="w-full text-sm text-danger" />
      {children}
    </form>
  );
}
