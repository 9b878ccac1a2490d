export const VISIBILITIES = ['public', 'unlisted', 'private'] as const;
