import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { FormAction } from '@/components/actions/use-server-form';
import { ButtonForm } from '@/components/ui/page-form';
import { buttonVariants } from './button-variants';

export interface ConfirmDialogProps {
  /** Of the dialog; one of its kind on the page. */
  id: string;
  action: FormAction;
  /** The slug of the paste that it deletes. */
  deletes?: string;
  trigger: { label: string; accessibleName?: string; className: string };
  words: { question: string; explain: string; confirm: string };
  /** Additional fields. */
  children?: ReactNode;
}

/** A button with a confirmation dialog; a native popover, so it needs no script. */
export async function ConfirmDialog({ id, action, deletes, trigger, words, children }: ConfirmDialogProps) {
  const composer = await getTranslations('composer');
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-label={trigger.accessibleName}
        className={trigger.className}
      >
        {trigger.label}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-question`}
        className="dialog-panel rounded-md border border-edge bg-raised p-6 text-ink"
      >
        <h2 id={`${id}-question`} className="text-lg font-[620] break-words">
          {words.question}
        </h2>
        <p className="mt-1.5 text-sm whitespace-normal text-muted">{words.explain}</p>
        <ButtonForm
          action={action}
          className="mt-5 flex flex-wrap justify-end gap-2"
          {...(deletes === undefined ? {} : { deletes: [deletes] })}
        >
          {children}
          <button
            type="button"
            popoverTarget={id}
            popoverTargetAction="hide"
            className={buttonVariants({ variant: 'quiet' })}
          >
            {composer('cancel')}
          </button>
          <button type="submit" className={buttonVariants({ variant: 'danger-solid' })}>
            {words.confirm}
          </button>
        </ButtonForm>
      </div>
    </>
  );
}
