import type { CredentialKind } from '@/lib/text/credentials/token-rules';

/*
 * Credentials of no account. They are put together here, so that the scanners of code hosts do not take this file
 * for a leak.
 */

/** 128 characters without a meaning. */
export const RANDOM =
  'q7ZkP2mVx9RtB4sLwD8nHcY3gJfU6eTaK5vCbN1oXiQrW0yGhMzE2pSdA7uFjl8T' +
  'b3KxVn6RwQ9yLcP1mGtZ4sHdE7fJ2aUoB8iXkC5rTvNq0WgYzMhSpDeA6uLjF9xB';
const HEX = '3f9a1c7e5b2d8046e1a97c3b5d2f8064a1c9e7b3d5f20846c1e3a7958b6d4f20';
const UPPER = 'Q3ZKP7MVX5RTB4SLWD2NHCY6GJFUETAQ3ZKP7MVX5RTB4SLWD2NHCY6GJFUETA7';

const some = (length: number, from = 0) => RANDOM.slice(from, from + length);
const lines = (count: number) => Array.from({ length: count }, (_, at) => some(64, at * 3)).join('\n');

interface Planted {
  name: string;
  kind: CredentialKind;
  text: string;
  /** The part of the text that is masked. */
  secret: string;
}

function plant(name: string, kind: CredentialKind, secret: string, around = ['', '']): Planted {
  const [before = '', after = ''] = around;
  return { name, kind, secret, text: `${before}${secret}${after}` };
}

function pem(label: string, body: string): [string, string, [string, string]] {
  return [label, body, [`-----BEGIN ${label}-----\n`, `\n-----END ${label}-----\n`]];
}

function plantPem([name, body, around]: [string, string, [string, string]]): Planted {
  return plant(name, 'private_key', body, around);
}

const serviceAccount = `\\n${some(64)}\\n${some(64, 9)}\\n`;

export const PLANTED: readonly Planted[] = [
  plantPem(pem('RSA PRIVATE KEY', lines(5))),
  plantPem(pem('EC PRIVATE KEY', lines(2))),
  plantPem(pem('PRIVATE KEY', lines(3))),
  plantPem(pem('ENCRYPTED PRIVATE KEY', lines(3))),
  plantPem(pem('OPENSSH PRIVATE KEY', lines(4))),
  plantPem(pem('PGP PRIVATE KEY BLOCK', `Version: GnuPG v2\n\n${lines(6)}\n=aB3d`)),
  plant('a service account of Google', 'private_key', serviceAccount, [
    '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----\\n"}',
  ]),
  plant('a key that is cut off', 'private_key', lines(2), [
    '-----BEGIN RSA PRIVATE KEY-----\n',
    '\n# the rest',
  ]),
  plant('an age key', 'age_key', `AGE-SECRET-KEY-1${UPPER.slice(0, 58)}`),
  plant('an access key id', 'aws_key', `AK${'IA'}${UPPER.slice(0, 16)}`, ['id: ', '']),
  plant('an access key in a list', 'aws_key', `AK${'IA'}${UPPER.slice(5, 21)},${some(40)}`, ['', '\n']),
  plant('a secret key of AWS', 'assignment', some(40, 3), ['aws_secret_access_key = ', '\n']),
  plant('a storage account', 'azure_key', `${some(86)}==`, [
    `DefaultEndpointsProtocol=https;AccountName=a;Account${'Key'}=`,
    ';EndpointSuffix=core.windows.net',
  ]),
  plant('an API key of Google', 'google_key', `AI${'za'}${some(35)}`, ["key: '", "'"]),
  plant('a client secret of Google', 'google_key', `GOC${'SPX'}-${some(28)}`, ['"', '"']),
  plant('a classic token of GitHub', 'github_token', `gh${'p'}_${some(36)}`, ['https://', '@github.com/a/b']),
  plant('a token of GitHub in a variable', 'github_token', `gh${'s'}_${some(36, 8)}`, [
    'GITHUB_TOKEN=',
    '\n',
  ]),
  plant('a fine-grained token of GitHub', 'github_token', `github_${'pat'}_${some(22)}_${some(59, 20)}`),
  plant('a token of GitLab', 'gitlab_token', `glp${'at'}-${some(20)}`, ['--token=', ' run']),
  plant('a token of Slack', 'slack_token', `xox${'b'}-123456789012-1234567890123-${some(24)}`),
  plant('a webhook of Slack', 'slack_token', `T0${UPPER.slice(0, 8)}/B0${UPPER.slice(3, 11)}/${some(24)}`, [
    'curl https://hooks.slack.com/services/',
    ' -d x',
  ]),
  plant('a key of Stripe', 'stripe_key', `sk_${'live'}_${some(24)}`, ['stripe(`', '`)']),
  plant('a token of npm', 'npm_token', `npm${'_'}${some(36)}`, ['//registry.npmjs.org/:_authToken=', '\n']),
  plant('a token of PyPI', 'pypi_token', `pypi-Ag${'E'}IcHlwaS5vcmc${some(80)}`),
  plant('a token of Docker', 'docker_token', `dckr_${'pat'}_${some(27)}`),
  plant('a token of DigitalOcean', 'digitalocean_token', `dop_${'v1'}_${HEX}`),
  plant('a key of SendGrid', 'sendgrid_key', `S${'G'}.${some(22)}.${some(43, 30)}`),
  plant('a key of Twilio', 'twilio_key', `S${'K'}${HEX.slice(0, 32)}`, ['sid: ', '']),
  plant('a key of OpenAI', 'openai_key', `sk-${'proj'}-${some(60)}`),
  plant('a key of Anthropic', 'anthropic_key', `sk-${'ant'}-api03-${some(90)}`),
  plant('a token of Hugging Face', 'huggingface_token', `hf${'_'}${some(34)}`),
  plant('a signed token', 'jwt', `ey${'J'}${some(30)}.ey${'J'}${some(60, 9)}.${some(43, 40)}`, [
    'token ',
    '',
  ]),
  plant('a header with a token', 'authorization', some(40), ["-H 'Authorization: Bearer ", "'"]),
  plant('a header with a password', 'authorization', btoa(`me:${some(12)}`), [
    'Authorization: Basic ',
    '\r\n',
  ]),
  plant('a password in a URL', 'url_password', some(12), ['postgres://app:', '@db.internal:5432/app']),
  plant('a word as a password in a URL', 'url_password', 'swordfish', ['ftp://files:', '@ftp.internal/']),
  plant('a password with an at sign', 'url_password', `p@${some(8)}`, ['amqp://me:', '@mq/']),
  plant('a variable', 'assignment', 'hunter2', ['PASSWORD=', '\n']),
  plant('an exported variable', 'assignment', some(9), ['export DB_PASS="', '"\n']),
  plant('a property of JSON', 'assignment', some(32), ['{"api_key": "', '"}']),
  plant('a property in code', 'assignment', 'Tr0ub4dor&3', ["const db = { user: 'me', password: '", "' };"]),
  plant('a line of YAML', 'assignment', 's3cur1ty!', ['db:\n  password: ', ' # of the old server\n']),
  plant('a variable with symbols', 'assignment', 'p@ss;w0rd&x}y', ['PASSWORD=', '\n']),
  plant('a line with symbols', 'assignment', 'p@ss,w0rd&x', ['password = ', ' # old\n']),
  plant('a line of an INI file', 'assignment', some(20), ['[api]\nauth_token = ', '\n']),
  plant('an element of XML', 'assignment', some(10), ['<server><password>', '</password></server>']),
  plant('a constant of PHP', 'assignment', some(14), ["define('DB_PASSWORD', '", "');"]),
  plant('a subscript', 'assignment', some(24), ['os.environ["CLIENT_SECRET"] = "', '"']),
  plant('a typed constant', 'assignment', some(24, 7), ['const secretKey: string = "', '";']),
  plant('a connection string', 'assignment', 'Hunter2pass', [
    'Server=db;User Id=app;Password=',
    ';Encrypt=yes',
  ]),
  plant('a line of Russian notes', 'assignment', some(9), ['Логин: me\nПароль: ', '\n']),
  plant('a hash of Ruby', 'assignment', some(10, 5), ['{ password => "', '" }']),
  plant('a parameter of a URL', 'assignment', some(32, 2), ['GET /v1/x?access_token=', '&page=2']),
];
