/** Small files in other languages, with the words around which credentials are looked for. */
export const ORDINARY_SAMPLES: Readonly<Record<string, string>> = {
  python: `import os
from django.conf import settings

SECRET_KEY = os.environ["SECRET_KEY"]
DATABASES = {"default": {"NAME": "app", "PASSWORD": os.getenv("DB_PASSWORD", "")}}
password = getpass.getpass("Password: ")
token = create_token(user_id=user.pk, ttl=3600)
api_key: str | None = None

def check_password(password: str, hashed: bytes) -> bool:
    return bcrypt.checkpw(password.encode("utf8"), hashed)

class LoginForm(forms.Form):
    password = forms.CharField(widget=forms.PasswordInput(render_value=False))
    secret = settings.SIGNING["default"]
`,
  go: `package main

type Config struct {
	Password string \`env:"DB_PASSWORD,required" json:"password"\`
	APIKey   string \`env:"API_KEY" json:"api_key"\`
}

func login(ctx context.Context, password, token string) error {
	req.Header.Set("Authorization", "Bearer "+token)
	secret := os.Getenv("SECRET_V2")
	if password == "" { return ErrPasswordMissing }
	cfg.Password = strings.TrimSpace(string(raw))
	dsn := fmt.Sprintf("postgres://%s:%s@%s/%s", user, password, host, name)
	return bcrypt.CompareHashAndPassword(hash, []byte(password))
}
`,
  rust: `use std::env;

#[derive(Deserialize)]
struct Login { username: String, password: SecretString }

fn main() -> Result<()> {
    let token = env::var("API_TOKEN")?;
    let secret: String = rng.sample_iter(Alphanumeric).take(32).collect();
    let password = prompt_password("Password: ")?;
    let url = format!("https://{user}:{password}@{host}/");
    client.get(url).bearer_auth(&token).send()?;
    Ok(())
}
`,
  java: `public class UserService {
    private static final String PASSWORD = "password";
    @Value("\${app.jwt.secret}") private String secret;
    private String accessToken = null;

    public void setPassword(String password) { this.password = encoder.encode(password); }

    boolean login(String password) {
        Token token = tokens.issue(user, Duration.ofMinutes(15));
        properties.setProperty("password", System.getenv("DB_PASSWORD"));
        return passwordEncoder.matches(password, user.getPasswordHash());
    }
}
`,
  c: `#include <openssl/evp.h>
#define MAX_PASSWORD 128
#define TOKEN_EOF 256

struct token { enum token_type type; const char *text; };

static int verify(const char *password, size_t len) {
    char *secret = getenv("APP_SECRET");
    const unsigned char *key = EVP_PKEY_get0(pkey);
    if (token->type == TOKEN_STRING1) token = next_token(lexer);
    return CRYPTO_memcmp(secret, password, len) == 0;
}
`,
  shell: `#!/usr/bin/env bash
set -euo pipefail
: "\${DB_PASSWORD:?set DB_PASSWORD}"
PASSWORD="$1"
TOKEN=$(curl -s "$URL/token" | jq -r .access_token)
SECRET=\`openssl rand -hex 32\`
export API_KEY="\${API_KEY:-}"
read -rsp 'Password: ' password
curl -H "Authorization: Bearer $TOKEN" -u "$USER:$PASSWORD" https://api.internal/v1
docker run -e POSTGRES_PASSWORD=postgres -e TOKEN="$TOKEN" app
mysql --user=root --password="$MYSQL_ROOT_PASSWORD" < dump.sql
`,
  ruby: `class User < ApplicationRecord
  has_secure_password
  validates :password, length: { minimum: 10 }, presence: true
  SECRET = Rails.application.credentials.secret_key_base
  API_KEY = ENV.fetch("API_KEY")

  def token = JWT.encode(payload, SECRET, "HS256")
  def reset!(password:) = update!(password: password, reset_token: nil)
end
`,
  php: `<?php
define('DB_PASSWORD', getenv('DB_PASSWORD'));
define('AUTH_KEY', 'put your unique phrase here');
$password = $_POST['password'] ?? '';
$token = bin2hex(random_bytes(32));
$user->password = password_hash($password, PASSWORD_ARGON2ID);
return ['password' => ['required', 'min:10'], 'api_token' => Str::random(60)];
`,
  sql: `CREATE TABLE accounts (id uuid PRIMARY KEY, password text NOT NULL, token char(64) UNIQUE);
CREATE ROLE app LOGIN PASSWORD :'password';
ALTER USER app WITH PASSWORD '<password>';
UPDATE accounts SET password = crypt($1, gen_salt('bf', 12)), token = encode(gen_random_bytes(32), 'hex');
SELECT * FROM secrets WHERE secret_key = 'version_2' AND password_hash IS NOT NULL;
`,
  yaml: `services:
  db:
    image: postgres:17@sha256:6f3a1b9c8d7e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a
    environment:
      POSTGRES_PASSWORD: postgres
      PASSWORD_FILE: /run/secrets/db_password1
      API_TOKEN: \${API_TOKEN}
      SECRET_KEY: "{{ .Values.secretKey }}"
jobs:
  deploy:
    permissions: { id-token: write }
    env:
      GITHUB_TOKEN: \${{ secrets.GITHUB_TOKEN }}
      NPM_TOKEN: \${{ secrets.NPM_TOKEN_2 }}
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
spec:
  secretName: app-tls-2025
  password: { valueFrom: { secretKeyRef: { name: db, key: password } } }
`,
  toml: `[package]
name = "app"
checksum = "9b7c8d1e5f3a2b4c6d8e0f1a3b5c7d9e1f2a4b6c8d0e2f4a6b8c0d2e4f6a8b0c"

[registries.internal]
token = ""
index = "sparse+https://crates.internal/index/"

[auth]
password = "changeme"
api_key = "YOUR-API-KEY-HERE-123"
secret_file = "/etc/app/secret1.key"
`,
  ini: `[database]
user = app
password =
; password = set-me-2
token_ttl = 3600
password = %(DB_PASSWORD)s

[smtp]
password=\${SMTP_PASSWORD}
auth_key = <your key>
`,
  dockerfile: `FROM node:24-alpine@sha256:1f2e3d4c5b6a798897a6b5c4d3e2f1001f2e3d4c5b6a798897a6b5c4d3e2f100
ARG NPM_TOKEN
ENV NPM_TOKEN=$NPM_TOKEN DB_PASSWORD="" API_KEY=placeholder
RUN --mount=type=secret,id=token TOKEN="$(cat /run/secrets/token)" npm ci
`,
  nginx: `server {
    listen 443 ssl;
    ssl_certificate_key /etc/ssl/private/server1.key;
    auth_basic "Password required";
    auth_basic_user_file /etc/nginx/.htpasswd;
    proxy_set_header Authorization "Bearer $http_x_token";
    secure_link_md5 "$secure_link_expires$uri secret";
    proxy_pass http://app:8080;
}
`,
  terraform: `variable "db_password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "main" {
  username = "app"
  password = var.db_password
  kms_key_id = aws_kms_key.main.arn
  master_password = random_password.db2.result
}

provider "github" {
  token = data.vault_generic_secret.github.data["token"]
}
`,
  env: `# Copy to .env
DATABASE_URL=postgres://user:password@localhost:5432/app
PASSWORD=
SECRET_KEY=changeme
API_KEY=your-api-key-here-0001
TOKEN=xxxxxxxxxxxxxxxxxxxxxxxxxxxx
SMTP_PASS=<password>
JWT_SECRET=replace-this-with-32-random-characters
`,
  kotlin: `val token: String = BuildConfig.API_TOKEN
data class Login(val user: String, val password: String = "")
val secret = System.getenv("SECRET_2") ?: error("SECRET_2 is not set")
`,
  swift: `struct Login: Codable { let password: String; let accessToken: String? }
let token = try await auth.token(for: user1)
let apiKey: String = Bundle.main.infoDictionary?["API_KEY_2"] as? String ?? ""
`,
  csharp: `public record Login(string Password, string ApiKey);
var password = Configuration["Db:Password"];
var secret = builder.Configuration.GetSection("Jwt").Get<JwtOptions>()!.Secret;
if (token == "refresh-token-v2") return;
`,
  xml: `<settings><server><id>central</id><password>\${env.MAVEN_PASSWORD}</password></server>
<property name="password" value="#{vault.password}"/>
<string name="password">Password</string><token>none</token></settings>
`,
  html: `<form><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" minlength="10">
<input type="hidden" name="csrf_token" value="{{ csrf_token }}"></form>
`,
  lockfile: `"node_modules/a": {
  "version": "1.2.3",
  "resolved": "https://registry.npmjs.org/a/-/a-1.2.3.tgz",
  "integrity": "sha512-q7ZkP2mVx9RtB4sLwD8nHcY3gJfU6eTaK5vCbN1oXiQrW0yGhMzE2pSdA7uFjl8Tb3KxVn6RwQ9yLcP1mGtZ4s=="
}
pkg@npm:^1.0.0: checksum 10c0/3f9a1c7e5b2d8046e1a97c3b5d2f8064a1c9e7b3d5f20846c1e3a7958b6d4f20
`,
  diff: `diff --git a/config.ts b/config.ts
index 83db48f84b1b0e3b7f9d9f3c9b0c8a5d2e1f4a6b..bf3e9c7d5a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d 100644
-  password: process.env.DB_PASSWORD,
+  password: readSecret('db-password-2'),
`,
  log: `2026-01-31T12:00:00Z INFO token refreshed user=42 request_id=550e8400-e29b-41d4-a716-446655440000
2026-01-31T12:00:01Z WARN password rejected: attempt 3 of 10
2026-01-31T12:00:02Z INFO secret rotated version=17 etag="9c1185a5c5e9fc54612808977ee8f548b2258d31"
`,
};
