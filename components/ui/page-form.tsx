import { getTranslations } from 'next-intl/server';
import { ServerForm, type ServerFormProps } from '@/components/actions/server-form';
import { ActionForm, type ActionFormProps } from './action-form';

type PageFormProps = Omit<ServerFormProps, 'unreachable'> & Partial<Pick<ServerFormProps, 'unreachable'>>;

/** `ServerForm` for server components: says by itself that the server does not respond, and that the text is kept. */
export async function PageForm(props: PageFormProps) {
  const t = await getTranslations('composer');
  return <ServerForm unreachable={t('unreachable')} {...props} />;
}

/** `ActionForm` for server components: says by itself that the server does not respond. */
export async function ButtonForm(props: Omit<ActionFormProps, 'unreachable'>) {
  const t = await getTranslations('site');
  return <ActionForm unreachable={t('unreachable')} {...props} />;
}
