import { now } from '../../core/clock';
import { env } from '../../core/env';
import { AppError } from '../../core/errors';
import { LOCALES } from '../../core/i18n/locale';
import type { ApiApp } from '../context';

const PATH = '/.well-known/security.txt';
const DAY_MS = 86_400_000;
/** RFC 9116 recommends less than a year. */
const VALID_DAYS = 180;

/** Where to report security problems, RFC 9116; 404 without `CONTACT_EMAIL`. */
export function addSecurityTextRoute(app: ApiApp): void {
  app.get(PATH, (c) => {
    const { CONTACT_EMAIL, APP_URL } = env();
    if (CONTACT_EMAIL === undefined) throw new AppError('not_found');
    const today = Math.floor(now().getTime() / DAY_MS) * DAY_MS;
    const lines = [
      `Contact: mailto:${CONTACT_EMAIL}`,
      `Expires: ${new Date(today + VALID_DAYS * DAY_MS).toISOString()}`,
      `Preferred-Languages: ${LOCALES.join(', ')}`,
      `Canonical: ${APP_URL}${PATH}`,
    ];
    return c.text(lines.map((line) => `${line}\n`).join(''));
  });
}
