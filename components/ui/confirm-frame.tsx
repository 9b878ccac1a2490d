import type { ReactNode } from 'react';
import { buttonVariants } from './button-variants';

export interface ConfirmFrameProps {
  /** Of the dialog; one of its kind on the page. */
  id: string;
  /** `label` and `accessibleName` without the ellipsis, which every such button has. */
  trigger: { label: string; accessibleName?: string; className: string };
  words: { question: string; explain: string };
  /** The form, which ends with `ConfirmButtons`. */
  children: ReactNode;
}

/** A button with a confirmation dialog; a native popover, so it needs no script. */
export function ConfirmFrame({ id, trigger, words, children }: ConfirmFrameProps) {
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-label={trigger.accessibleName === undefined ? undefined : withEllipsis(trigger.accessibleName)}
        className={trigger.className}
      >
        {withEllipsis(trigger.label)}
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
        {children}
      </div>
    </>
  );
}

/** As platforms mark what asks for more before it is done. */
function withEllipsis(label: string): string {
  return `${label}…`;
}

/** Of the form in a `ConfirmFrame`. */
export const CONFIRM_FORM = 'mt-5 flex flex-wrap justify-end gap-2';

/** `id` is that of the dialog. */
export function ConfirmButtons({ id, cancel, confirm }: { id: string; cancel: string; confirm: string }) {
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        popoverTargetAction="hide"
        className={buttonVariants({ variant: 'quiet' })}
      >
        {cancel}
      </button>
      <button type="submit" className={buttonVariants({ variant: 'danger-solid' })}>
        {confirm}
      </button>
    </>
  );
}
