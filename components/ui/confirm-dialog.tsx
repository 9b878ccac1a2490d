import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { FormAction } from '@/components/actions/use-server-form';
import { ButtonForm } from '@/components/ui/page-form';
import { CONFIRM_FORM, ConfirmButtons, ConfirmFrame, type ConfirmFrameProps } from './confirm-frame';

export interface ConfirmDialogProps extends Omit<ConfirmFrameProps, 'words' | 'children'> {
  action: FormAction;
  words: ConfirmFrameProps['words'] & { confirm: string };
  /** Additional fields. */
  children?: ReactNode;
}

/** `ConfirmFrame` around the form of a server action. */
export async function ConfirmDialog({ action, words, children, ...frame }: ConfirmDialogProps) {
  const composer = await getTranslations('composer');
  return (
    <ConfirmFrame {...frame} words={words}>
      <ButtonForm action={action} className={CONFIRM_FORM}>
        {children}
        <ConfirmButtons id={frame.id} cancel={composer('cancel')} confirm={words.confirm} />
      </ButtonForm>
    </ConfirmFrame>
  );
}
