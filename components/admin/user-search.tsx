import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { NativeSelect } from '@/components/ui/native-select';
import type { ListUsers } from '@/lib/admin/schema';
import { ROLES } from '@/lib/users/schema';

export async function UserSearch({ filter: { q, role } }: { filter: ListUsers }) {
  const t = await getTranslations('admin');
  return (
    <search className="mt-5">
      <form action="/admin" className="flex gap-2 max-sm:flex-wrap">
        <input
          type="search"
          name="q"
          defaultValue={q}
          maxLength={200}
          aria-label={t('searchLabel')}
          placeholder={t('searchLabel')}
          data-shortcut="/"
          className="h-10 min-w-0 grow rounded-md border border-edge bg-raised px-3 max-sm:w-full max-sm:text-[16px]"
        />
        <NativeSelect
          name="role"
          defaultValue={role ?? ''}
          aria-label={t('role')}
          className="h-10 border-edge bg-raised sm:w-[160px]"
        >
          <option value="">{t('anyRole')}</option>
          {ROLES.map((name) => (
            <option key={name} value={name}>
              {t(`roles.${name}`)}
            </option>
          ))}
        </NativeSelect>
        <button type="submit" className={`${buttonVariants({ size: 'lg' })} max-sm:ml-auto`}>
          {t('search')}
        </button>
      </form>
    </search>
  );
}
