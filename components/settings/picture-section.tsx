import { getTranslations } from 'next-intl/server';
import { Avatar } from '@/components/ui/avatar';
import { buttonVariants } from '@/components/ui/button-variants';
import { FileForm } from '@/components/ui/file-form';
import { ButtonForm } from '@/components/ui/page-form';
import { MAX_AVATAR_BYTES } from '@/lib/accounts/users/avatar-image';
import { avatarUrl } from '@/lib/accounts/users/avatar-url';
import type { UserRecord } from '@/lib/core/caller';
import { setting } from '@/lib/core/settings/stored-settings';
import { removeAvatarAction, setAvatarAction } from './account-actions';
import { SettingsSection } from './settings-section';

export async function PictureSection({ user }: { user: UserRecord }) {
  const t = await getTranslations('settings.picture');
  const errors = await getTranslations('errors');
  const site = await getTranslations('site');
  return (
    <SettingsSection
      id="picture"
      heading={t('heading')}
      explain={t('explain', { instance: setting('instance_name') })}
    >
      <div className="flex items-start gap-6 max-sm:flex-col max-sm:gap-5">
        <Avatar src={avatarUrl(user)} size={88} />
        <div className="min-w-0">
          <FileForm
            action={setAvatarAction}
            name="image"
            accept="image/jpeg,image/png,image/webp"
            maxBytes={MAX_AVATAR_BYTES}
            words={{
              label: t('choose'),
              hint: t('hint'),
              submit: t('save'),
              tooLarge: errors('image_too_large'),
              unreachable: site('unreachable'),
            }}
          />
          {user.image === null ? null : (
            <ButtonForm action={removeAvatarAction} className="mt-2 -ml-3">
              <button type="submit" className={buttonVariants({ variant: 'quiet' })}>
                {t('remove')}
              </button>
            </ButtonForm>
          )}
        </div>
      </div>
    </SettingsSection>
  );
}
