'use client';

import { useTranslations } from 'use-intl';
import { NativeSelect } from '@/components/ui/native-select';
import { Options } from '@/components/ui/options';
import { SHARE_ROLES, type ShareRole } from '@/lib/sharing/roles';
import type { Recipient } from './recipients';

interface RecipientChipProps {
  recipient: Recipient;
  onRole: (role: ShareRole) => void;
  onRemove: () => void;
}

export function RecipientChip({ recipient: { name, email, role }, onRole, onRemove }: RecipientChipProps) {
  const t = useTranslations('shareSheet');
  return (
    <li className="recipient-chip" title={email}>
      <bdi className="min-w-0 truncate">{name}</bdi>
      <RoleSelect name={name} role={role} onRole={onRole} className="h-7 text-xs field-sizing-content" />
      <button
        type="button"
        aria-label={t('remove', { name })}
        className="px-1.5 text-muted"
        onClick={onRemove}
      >
        <span aria-hidden="true">×</span>
      </button>
    </li>
  );
}

interface RoleSelectProps {
  name: string;
  role: ShareRole;
  onRole: (role: ShareRole) => void;
  className?: string;
}

export function RoleSelect({ name, role, onRole, className }: RoleSelectProps) {
  const t = useTranslations('sharing');
  return (
    <NativeSelect
      aria-label={t('roleOf', { name })}
      value={role}
      className={className}
      onChange={({ currentTarget }) => {
        const chosen = SHARE_ROLES.find((one) => one === currentTarget.value);
        if (chosen) onRole(chosen);
      }}
    >
      <Options values={SHARE_ROLES} label={(one) => t(`roles.${one}`)} />
    </NativeSelect>
  );
}
