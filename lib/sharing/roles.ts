export const SHARE_ROLES = ['reader', 'editor'] as const;

export type ShareRole = (typeof SHARE_ROLES)[number];
