-- What an instance had at the migration 20261121073000_share_mails.
INSERT INTO users (id, email, username, name, image, role, email_verified, created_at) VALUES
  ('01900000-0000-7000-8000-000000000001', 'ada@example.com', 'ada-l', 'Ada “Л”', NULL, 'admin', '2026-11-01', '2026-11-01'),
  ('01900000-0000-7000-8000-000000000002', 'bob@example.com', 'bob', NULL, NULL, 'user', '2026-11-02', '2026-11-02 10:00:00.123');
INSERT INTO credentials (user_id, hash, changed_at) VALUES
  ('01900000-0000-7000-8000-000000000001', '$argon2id$v=19$m=1024,t=2,p=1$6tal27A1TJBXDi8s2MxtAQ$o1SxleJM4LY/68OOo5eGV7TjEwb2SFOznTAKcEhzCp0', '2026-11-01');
INSERT INTO sessions (id, session_token, user_id, kind, expires, created_at, user_agent, address) VALUES
  ('01900000-0000-7000-8000-000000000011', 'a token of a browser that is signed in still', '01900000-0000-7000-8000-000000000001', 'browser', '2999-01-01', '2026-11-03', 'Browser/1.0', '203.0.113.9'),
  ('01900000-0000-7000-8000-000000000012', 'a token of an API client', '01900000-0000-7000-8000-000000000002', 'api', '2999-01-01', '2026-11-03', '', '');
INSERT INTO refresh_tokens (hash, session_id, spent_at) VALUES
  (sha256('spent'), '01900000-0000-7000-8000-000000000012', '2026-11-04'),
  (sha256('fresh'), '01900000-0000-7000-8000-000000000012', NULL);
INSERT INTO personal_tokens (id, user_id, name, hash, scopes, created_at) VALUES
  ('01900000-0000-7000-8000-000000000021', '01900000-0000-7000-8000-000000000001', 'script',
   sha256('sheaf_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'), '{pastes:read,contacts,account}', '2026-11-03');
INSERT INTO security_events (id, user_id, kind, created_at) VALUES
  ('01900000-0000-7000-8000-000000000031', '01900000-0000-7000-8000-000000000001', 'signed_in', '2026-11-03');
INSERT INTO chosen_slugs (slug, owner_id) VALUES ('plan', '01900000-0000-7000-8000-000000000001');
INSERT INTO pastes (id, slug, owner_id, title, visibility, expires_at, edit_key_hash, revision, created_at, updated_at) VALUES
  ('01900000-0000-7000-8000-000000000041', 'Ab3dEfGh5kLm', NULL, 'Ёлка', 'public', NULL, sha256('edit key'), 1, '2026-11-04', '2026-11-04'),
  ('01900000-0000-7000-8000-000000000042', 'plan', '01900000-0000-7000-8000-000000000001', '', 'private', NULL, NULL, 2, '2026-11-05', '2026-11-06'),
  ('01900000-0000-7000-8000-000000000043', 'abcdefghjk23', NULL, '', 'unlisted', '2999-01-01', NULL, 1, '2026-11-05', '2026-11-05');
INSERT INTO revisions (id, paste_id, number, created_at) VALUES
  ('01900000-0000-7000-8000-000000000051', '01900000-0000-7000-8000-000000000041', 1, '2026-11-04'),
  ('01900000-0000-7000-8000-000000000052', '01900000-0000-7000-8000-000000000042', 1, '2026-11-05'),
  ('01900000-0000-7000-8000-000000000053', '01900000-0000-7000-8000-000000000042', 2, '2026-11-06'),
  ('01900000-0000-7000-8000-000000000054', '01900000-0000-7000-8000-000000000043', 1, '2026-11-05');
-- The text of each file is its name.
INSERT INTO files (id, revision_id, position, name, language, bytes, lines, sha256, blob_key)
SELECT id::uuid, revision::uuid, 1, name, language, octet_length(name), 1, sha256(name::bytea), repeat(digit, 40)
FROM (VALUES
  ('01900000-0000-7000-8000-000000000061', '01900000-0000-7000-8000-000000000051', 'tree.py', 'python', '1'),
  ('01900000-0000-7000-8000-000000000062', '01900000-0000-7000-8000-000000000052', 'plan-1.md', 'markdown', '2'),
  ('01900000-0000-7000-8000-000000000063', '01900000-0000-7000-8000-000000000053', 'plan-2.md', 'markdown', '3'),
  ('01900000-0000-7000-8000-000000000064', '01900000-0000-7000-8000-000000000054', 'note.txt', 'text', '4')
) AS made (id, revision, name, language, digit);
INSERT INTO contacts (id, owner_id, first_name, last_name, email, phone, birthday, info, favorite, haystack, sort_name, birthday_day, created_at, updated_at) VALUES
  ('01900000-0000-7000-8000-000000000071', '01900000-0000-7000-8000-000000000001', 'Émile', 'Ёж', 'emile@example.com', '+4930123', '1990-02-28', E'line\nline', true, E'émile еж\nеж émile\nemile@example.com\n+4930123', 'émile ёж', 228, '2026-11-06', '2026-11-06');
INSERT INTO shares (id, paste_id, email, contact_id, role, link_hash, mailed_at, created_at) VALUES
  ('01900000-0000-7000-8000-000000000081', '01900000-0000-7000-8000-000000000042', 'emile@example.com', '01900000-0000-7000-8000-000000000071', 'editor', sha256('link'), '2026-11-07', '2026-11-07');
INSERT INTO outbox_mails (id, user_id, template, sealed, created_at, due_at) VALUES
  ('01900000-0000-7000-8000-000000000091', '01900000-0000-7000-8000-000000000001', 'share', 'sealed', '2026-11-07', '2026-11-07');
INSERT INTO idempotent_creates (scope, request, paste_id) VALUES
  (sha256('scope'), sha256('request'), '01900000-0000-7000-8000-000000000041');
