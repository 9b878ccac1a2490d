import type { ReactNode } from 'react';
import type { FormAction } from '@/components/actions/use-server-form';
import { PageForm } from '@/components/ui/page-form';
import { SubmitButton } from './submit-button';
import { WhenError } from './when-error';

export interface TokenFormProps {
  action: FormAction;
  token: string;
  submit: string;
  /** Where to request another link if this one has been used. */
  another: { href: string; words: string };
  children?: ReactNode;
}

/** Performs the action of a mailed link. Opening the link does nothing, because mail scanners open links too. */
export function TokenForm({ action, token, submit, another, children }: TokenFormProps) {
  return (
    <PageForm action={action} className="flex flex-col gap-4">
      <WhenError code="invalid_token">
        <p className="text-sm">
          <a href={another.href} className="text-link">
            {another.words}
          </a>
        </p>
      </WhenError>
      <input type="hidden" name="token" value={token} />
      {children}
      <SubmitButton label={submit} />
    </PageForm>
  );
}
