import { getTranslations } from 'next-intl/server';

export async function LoginLink() {
  const t = await getTranslations('auth');
  return (
    <p>
      <a href="/login" className="tap text-link">
        {t('toLogin')}
      </a>
    </p>
  );
}
