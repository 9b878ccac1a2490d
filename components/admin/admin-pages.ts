/** The pages of moderators and admins, in the order of their links; `texts` has their heading and description. */
export const ADMIN_PAGES = {
  reports: { href: '/admin/reports', access: 'moderator', texts: 'moderation' },
  approvals: { href: '/admin/approvals', access: 'moderator', texts: 'approvals' },
  blocked: { href: '/admin/blocked', access: 'moderator', texts: 'moderation.blocked' },
  users: { href: '/admin', access: 'admin', texts: 'admin' },
  settings: { href: '/admin/settings', access: 'admin', texts: 'instanceSettings' },
  audit: { href: '/admin/audit', access: 'admin', texts: 'audit' },
  status: { href: '/admin/status', access: 'admin', texts: 'instanceStatus' },
} as const;

export type AdminPageName = keyof typeof ADMIN_PAGES;
