import 'server-only';
import { cache } from 'react';
import { refreshSettings } from '@/lib/core/settings/stored-settings';

/**
 * Reads the settings of the instance once for the current request. Not by their age as in the front, which answers
 * other requests of this instance and may have changed them.
 */
export const readSettings = cache(() => refreshSettings({ maxAgeMs: 0 }));
