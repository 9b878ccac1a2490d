import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { NativeSelect } from '@/components/ui/native-select';
import { Options } from '@/components/ui/options';
import { SearchField } from '@/components/ui/search-field';
import { ROLES } from '@/lib/accounts/users/schema';
import type { ListUsers } from '@/lib/admin/schema';

export async function UserSearch({ filter: { q, role } }: { filter: ListUsers }) {
  const t = await getTranslations('admin');
  return (
    <search className="mt-5">
      <form action="/admin" className="flex gap-2 max-sm:flex-wrap max-sm:[&>span]:grow">
        <SearchField label={t('searchLabel')} value={q} className="max-sm:w-full" />
        <NativeSelect
          name="role"
          defaultValue={role ?? ''}
          aria-label={t('role')}
          className="h-10 border-edge bg-raised sm:w-[160px]"
        >
          <option value="">{t('anyRole')}</option>
          <Options values={ROLES} label={(name) => t(`roles.${name}`)} />
        </NativeSelect>
        <button type="submit" className={buttonVariants({ size: 'lg' })}>
          {t('search')}
        </button>
      </form>
    </search>
  );
}
