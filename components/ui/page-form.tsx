import { getTranslations } from 'next-intl/server';
import { ServerForm, type ServerFormProps } from '@/components/actions/server-form';
import { ActionForm, type ActionFormProps } from './action-form';

/** `ServerForm` for server components: says by itself that the server does not respond. */
export async function PageForm(props: Omit<ServerFormProps, 'unreachable'>) {
  const t = await getTranslations('composer');
  return <ServerForm unreachable={t('unreachable')} {...props} />;
}

/** `ActionForm` for server components: says by itself that the server does not respond. */
export async function ButtonForm(props: Omit<ActionFormProps, 'unreachable'>) {
  const t = await getTranslations('composer');
  return <ActionForm unreachable={t('unreachable')} {...props} />;
}
