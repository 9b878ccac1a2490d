import 'server-only';
import { errors, jwtVerify, SignJWT } from 'jose';
import { now } from '../../core/clock';
import { env } from '../../core/env';
import { keysFor } from '../../core/keys';

export const ACCESS_SECONDS = 15 * 60;

const ALGORITHM = 'HS256';
const TYPE = 'at+jwt';

function audience(): string {
  return `${env().APP_URL}/api/v1`;
}

/** A token for `Authorization: Bearer`, valid as long as the session that it names. */
export async function signAccessToken(session: { token: string; userId: string }): Promise<string> {
  const [key] = keysFor('access-token');
  const issuedAt = Math.floor(now().getTime() / 1_000);
  return new SignJWT({ sid: session.token })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: key.id })
    .setIssuer(env().APP_URL)
    .setAudience(audience())
    .setSubject(session.userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_SECONDS)
    .sign(key.bytes);
}

/** The session token in an access token; null if the access token is invalid or expired. */
export async function readAccessToken(token: string): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = keysFor('access-token').find(({ id }) => id === kid);
        if (!key) throw new errors.JWSInvalid('no such key');
        return key.bytes;
      },
      {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: env().APP_URL,
        audience: audience(),
        currentDate: now(),
        requiredClaims: ['exp', 'sub', 'sid'],
      },
    );
    return typeof payload.sid === 'string' ? payload.sid : null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
