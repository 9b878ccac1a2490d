/** What `e2e/support/transcript.ts` prints; `e2e/transcript.spec.ts` holds the two together. */
export const TRANSCRIPT = String.raw`$ SHEAF=http://localhost:3000

# Open an account. There is no token yet: first the address has to be confirmed.
$ curl $SHEAF/api/v1/auth/register \
    -H 'Content-Type: application/json' \
    -d '{"email":"ada-f09407@example.com","username":"ada-f09407","password":"a long walk by the sea"}'
# 201
{
  "user": {
    "uuid": "01a1fc48-6d8a-774a-bb65-9709dd5a2727",
    "email": "ada-f09407@example.com",
    "username": "ada-f09407",
    "name": null,
    "role": "user",
    "email_verified": false,
    "profile_image_url": "http://localhost:3000/api/avatars/01a1fc48-6d8a-774a-bb65-9709dd5a2727/drawn",
    "created_at": "2026-11-21T04:06:07.498Z"
  },
  "token": null
}

# A mail to ada-f09407@example.com brings a link; what counts is the token in it:
#   http://localhost:3000/verify-email?token=VAhHQ-vN…

# Confirm the address with the token and the password, which signs in as well.
$ curl $SHEAF/api/v1/auth/verify-email \
    -H 'Content-Type: application/json' \
    -d '{"token":"VAhHQ-vN…","password":"a long walk by the sea"}'
# 200
{
  "user": {
    "uuid": "01a1fc48-6d8a-774a-bb65-9709dd5a2727",
    "email": "ada-f09407@example.com",
    "username": "ada-f09407",
    "name": null,
    "role": "user",
    "email_verified": true,
    "profile_image_url": "http://localhost:3000/api/avatars/01a1fc48-6d8a-774a-bb65-9709dd5a2727/drawn",
    "created_at": "2026-11-21T04:06:07.498Z"
  },
  "token": {
    "access_token": "eyJhbGci…",
    "refresh_token": "DIHzy-qi…",
    "token_type": "bearer",
    "expires_in": 900
  }
}

$ TOKEN=eyJhbGci…

# Save what comes out of a pipe. The answer is the link.
$ printf '# Notes\n' | curl -H "Authorization: Bearer $TOKEN" "$SHEAF/api/v1/pastes?name=notes.md&title=Notes" \
    --data-binary @-
# 201
http://localhost:3000/kw8C4tbuoWjJ

# Everything of mine.
$ curl -H "Authorization: Bearer $TOKEN" $SHEAF/api/v1/users/me/pastes
# 200
{
  "items": [
    {
      "slug": "kw8C4tbuoWjJ",
      "url": "http://localhost:3000/kw8C4tbuoWjJ",
      "raw_url": "http://localhost:3000/kw8C4tbuoWjJ/raw",
      "title": "Notes",
      "visibility": "unlisted",
      "awaits_approval": false,
      "owner": "ada-f09407",
      "files": [
        {
          "name": "notes.md",
          "language": "markdown",
          "bytes": 8,
          "lines": 1,
          "sha256": "365d0b84ae63c2afc293dedd2b00bdf0dc8d6ef70c9297d90f9e5682ab0d72ee",
          "raw_url": "http://localhost:3000/kw8C4tbuoWjJ/raw/1"
        }
      ],
      "revision": 1,
      "created_at": "2026-11-21T04:06:07.970Z",
      "updated_at": "2026-11-21T04:06:07.970Z",
      "expires_at": null,
      "burn_after": null,
      "reads": null,
      "encryption": null,
      "hidden_reason": null,
      "warnings": [],
      "preview": "# Notes"
    }
  ],
  "next_cursor": null
}

# Put another text in its place, and let it go in a week.
$ curl -H "Authorization: Bearer $TOKEN" -X PATCH $SHEAF/api/v1/pastes/kw8C4tbuoWjJ \
    -H 'Content-Type: application/json' \
    -d '{"files":[{"name":"notes.md","content":"# Notes\n\n- buy milk\n"}],"expires_in":"1w"}'
# 200
{
  "slug": "kw8C4tbuoWjJ",
  "url": "http://localhost:3000/kw8C4tbuoWjJ",
  "raw_url": "http://localhost:3000/kw8C4tbuoWjJ/raw",
  "title": "Notes",
  "visibility": "unlisted",
  "awaits_approval": false,
  "owner": "ada-f09407",
  "files": [
    {
      "name": "notes.md",
      "language": "markdown",
      "bytes": 20,
      "lines": 3,
      "sha256": "aa349bf00d838c45378cff1925685f91b90d15f7f89600d9d06ed48886185a0a",
      "raw_url": "http://localhost:3000/kw8C4tbuoWjJ/raw/1"
    }
  ],
  "revision": 2,
  "created_at": "2026-11-21T04:06:07.970Z",
  "updated_at": "2026-11-21T04:06:08.092Z",
  "expires_at": "2026-11-28T04:06:08.075Z",
  "burn_after": null,
  "reads": null,
  "encryption": null,
  "hidden_reason": null,
  "warnings": []
}

# Read it back, as it is.
$ curl $SHEAF/kw8C4tbuoWjJ/raw
# 200
# Notes

- buy milk

# Delete it.
$ curl -H "Authorization: Bearer $TOKEN" -X DELETE $SHEAF/api/v1/pastes/kw8C4tbuoWjJ
# 204

# Gone means gone.
$ curl $SHEAF/kw8C4tbuoWjJ/raw
# 404
{
  "type": "about:blank",
  "title": "Not found",
  "status": 404,
  "detail": "Not found. It may have expired or been deleted, or you may not have access.",
  "code": "not_found"
}

# Sign out: the tokens end at once.
$ curl -H "Authorization: Bearer $TOKEN" -X POST $SHEAF/api/v1/auth/logout
# 204

# They do.
$ curl -H "Authorization: Bearer $TOKEN" $SHEAF/api/v1/users/me
# 401
{
  "type": "about:blank",
  "title": "Authentication required",
  "status": 401,
  "detail": "This request needs valid credentials.",
  "code": "unauthorized"
}`;
