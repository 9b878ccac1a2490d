// The example of each named schema. The contract suite validates each against its schema.

const SHA256 = 'e9dba25b5bcd0ac2f1a80fc5c8d47b3d4c0f3ca9b3a2b4a1bb1f2ec5f4a6f20d';

const AGE_FILE = 'age-encryption.org/v1\n-> X25519 …';

const FILE = {
  name: 'hello.ts',
  language: 'typescript',
  bytes: 21,
  lines: 1,
  sha256: SHA256,
  raw_url: 'https://sheaf.example/7hPq3nXv9KdR/raw/1',
};
const CONFIGURED = {
  who_can_create: 'everyone',
  who_can_read: 'everyone',
  who_can_register: 'everyone',
  registration_domains: [],
  public_feed: true,
  default_lifetime_anonymous: '1w',
  default_lifetime_member: 'never',
  max_lifetime_anonymous: 'never',
  max_lifetime_member: 'never',
  max_paste_kb_anonymous: 4096,
  max_paste_kb_member: 4096,
  max_stored_mb: null,
  max_stored_mb_member: null,
  max_pastes_member: null,
  instance_name: 'Sheaf',
  accent: null,
  notice: null,
  imprint_url: null,
  terms_url: null,
  privacy_url: null,
};
const SET = { who_can_create: 'members', max_stored_mb_member: 100 };
const INSTANCE_SETTINGS = {
  version: 3,
  updated_at: '2030-01-15T09:00:00.000Z',
  stored: { ...Object.fromEntries(Object.keys(CONFIGURED).map((name) => [name, null])), ...SET },
  in_force: { ...CONFIGURED, ...SET },
  configured: CONFIGURED,
};
const PASTE = {
  slug: '7hPq3nXv9KdR',
  url: 'https://sheaf.example/7hPq3nXv9KdR',
  raw_url: 'https://sheaf.example/7hPq3nXv9KdR/raw',
  title: 'Retry with jitter',
  visibility: 'unlisted',
  awaits_approval: false,
  owner: null,
  files: [FILE],
  revision: 1,
  created_at: '2030-01-01T09:00:00.000Z',
  updated_at: '2030-01-01T09:00:00.000Z',
  expires_at: '2030-01-08T09:00:00.000Z',
  burn_after: null,
  reads: null,
  encryption: null,
  hidden_reason: null,
  warnings: [],
};
const CREATE_PASTE = {
  title: PASTE.title,
  files: [{ name: FILE.name, content: "console.log('hello')\n" }],
  visibility: 'unlisted',
  expires_in: '1w',
};
const REVISION = {
  number: 1,
  created_at: PASTE.created_at,
  current: true,
  files: [{ ...FILE, raw_url: undefined }],
};
const UUID = '0192f0c1-6f3e-7c1a-9b5d-2f4e8a7c6b5a';
const USER = {
  uuid: UUID,
  email: 'ada@example.com',
  username: 'ada',
  name: 'Ada Lovelace',
  role: 'user',
  email_verified: true,
  profile_image_url: `https://sheaf.example/api/avatars/${UUID}/0`,
  created_at: '2030-01-01T09:00:00.000Z',
};
const MANAGED_USER = { ...USER, banned_at: null, pastes: 12, sessions: 2 };
const TOKEN_PAIR = {
  access_token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMTkyIn0.c2lnbmF0dXJl',
  refresh_token: 'k3n0Yw2Q8sVb5tXe7uHf1aLz',
  token_type: 'bearer',
  expires_in: 900,
};
const PERSONAL_TOKEN = {
  id: '0192f0c1-8a2b-7d3c-8e4f-1a2b3c4d5e6f',
  name: 'Nightly build',
  scopes: ['pastes:read', 'pastes:write'],
  created_at: '2030-01-01T09:00:00.000Z',
  expires_at: '2031-01-01T09:00:00.000Z',
  last_used_at: null,
};
const SESSION = {
  id: '0192f0c1-9c4d-7e5f-8a6b-3c4d5e6f7a8b',
  kind: 'browser',
  current: false,
  device: 'Firefox on Linux',
  address: '203.0.113.7',
  created_at: '2030-01-01T09:00:00.000Z',
  last_seen_at: '2030-01-02T10:30:00.000Z',
  expires_at: '2030-01-31T09:00:00.000Z',
};
const CONTACT = {
  id: '0192f0c1-ad5e-7f60-9b7c-4d5e6f7a8b9c',
  first_name: 'Grace',
  last_name: 'Hopper',
  email: 'grace@example.com',
  phone: '+442079460958',
  birthday: '1990-12-10',
  info: 'Met at the library.',
  favorite: true,
  created_at: '2030-01-01T09:00:00.000Z',
  updated_at: '2030-01-01T09:00:00.000Z',
};
const BIRTHDAY = { ...CONTACT, next_birthday: '2030-12-10', turns: 40 };
const CONTACT_INPUT = { ...CONTACT, id: undefined, created_at: undefined, updated_at: undefined };
const SHARE = {
  id: '0192f0c1-be6f-7071-8c8d-5e6f7a8b9cad',
  email: CONTACT.email,
  contact_id: CONTACT.id,
  role: 'reader',
  created_at: '2030-01-02T09:00:00.000Z',
  opened_at: null,
};
const SHARED_PASTE = {
  ...PASTE,
  visibility: 'private',
  owner: USER.username,
  role: 'reader',
  shared_at: SHARE.created_at,
};
const BLOCKED_HASH = {
  sha256: FILE.sha256,
  reason: 'Phishing',
  blocked_at: '2030-01-02T09:00:00.000Z',
};
const AUDIT_ENTRY = {
  id: '0192f0c1-c17a-7182-9d9e-6f708192a3b4',
  at: '2030-01-02T09:00:00.000Z',
  actor_id: UUID,
  actor: 'ada',
  action: 'paste_hidden',
  target_kind: 'paste',
  target: PASTE.slug,
  target_name: null,
  details: { reason: 'Phishing' },
};
const REPORT_CASE = {
  id: '0192f0c1-d28b-7293-8eaf-708192a3b4c5',
  slug: PASTE.slug,
  url: PASTE.url,
  reports: 3,
  reasons: { malware: 2, spam: 1 },
  reported_at: '2030-01-02T08:30:00.000Z',
  decision: null,
  appeal: null,
  paste: {
    revision: PASTE.revision,
    title: PASTE.title,
    visibility: 'public',
    owner: null,
    owner_banned: false,
    bytes: FILE.bytes,
    files: 1,
    created_at: PASTE.created_at,
    expires_at: null,
    secret: false,
    burns: false,
    hidden: false,
  },
};
const APPROVAL = {
  id: USER.uuid,
  username: 'grace',
  joined_at: '2030-01-01T08:00:00.000Z',
  waiting: 1,
  version: '9e107d9d372bb6826bd81d3542a419d6',
  pastes: [
    {
      slug: PASTE.slug,
      url: PASTE.url,
      title: PASTE.title,
      language: FILE.language,
      bytes: FILE.bytes,
      files: 1,
      created_at: PASTE.created_at,
      preview: "console.log('hello')",
    },
  ],
};
const REPORT_CASE_DETAIL = {
  ...REPORT_CASE,
  items: [
    {
      reason: 'malware',
      details: 'It asks for passwords.',
      has_key: false,
      wants_answer: true,
      created_at: REPORT_CASE.reported_at,
      edited_since: false,
    },
  ],
  content: {
    state: 'text',
    files: [{ name: FILE.name, bytes: FILE.bytes, text: "console.log('hello')\n" }],
    cut: false,
  },
  similar: [],
};
const PASSWORD = 'a long walk by the sea';
const MAIL_TOKEN = 'dGhlIHRva2VuIG9mIHRoZSBtYWls';
const page = (...items: unknown[]) => ({ items, next_cursor: null });

/** Of the body that creates a paste. */
export const CREATE_PASTE_EXAMPLES = {
  expiring: { summary: 'A paste that expires', value: CREATE_PASTE },
  burning: {
    summary: 'A paste that can be read once',
    value: { content: 'The password is hunter2.\n', burn_after: 1 },
  },
};

export const REVEALED_PASTE_EXAMPLE = {
  ...PASTE,
  burn_after: 1,
  reads: 1,
  files: [{ ...FILE, content: "console.log('hello')\n" }],
};

export const SCHEMA_EXAMPLES: Readonly<Record<string, unknown>> = {
  Birthday: BIRTHDAY,
  BirthdayList: page(BIRTHDAY),
  ChangeEmail: { email: 'ada@new.example', password: PASSWORD },
  ChangePassword: { current_password: PASSWORD, new_password: 'a longer walk along the shore' },
  Claim: { slug: PASTE.slug, edit_key: 'Xq7Rm2Vt9LpW4sKd8NfJhg' },
  Contact: CONTACT,
  ContactInput: CONTACT_INPUT,
  ContactPage: page(CONTACT),
  ContactPatch: { phone: '+442079460000' },
  CreatePaste: CREATE_PASTE,
  CreatePersonalToken: { name: PERSONAL_TOKEN.name, scopes: PERSONAL_TOKEN.scopes, expires_in: '1y' },
  CreateSecretPaste: {
    encryption: 'age-v1',
    payload: AGE_FILE,
    proof_hash: SHA256,
    expires_in: '1d',
  },
  CreateShare: { contact_id: CONTACT.id, role: 'reader', notify: true },
  DeleteAccount: { password: PASSWORD },
  Favorite: { favorite: true },
  Hide: { reason: 'Contains private data.' },
  LogOut: { refresh_token: TOKEN_PAIR.refresh_token },
  Login: { email: USER.email, password: PASSWORD },
  MailAddress: { email: USER.email },
  ManagedUser: MANAGED_USER,
  ManagedUserPage: page(MANAGED_USER),
  Invite: { email: 'grace@example.com' },
  Invitation: {
    email: 'grace@example.com',
    link: 'https://sheaf.example/register?invitation=eyJhbGciOiJkaXIi',
    expires_at: '2030-01-15T09:00:00.000Z',
  },
  CreateReport: { reason: 'malware', details: 'It asks for passwords.', email: 'grace@example.com' },
  ReportCase: REPORT_CASE,
  ReportCasePage: page(REPORT_CASE),
  ReportCaseDetail: REPORT_CASE_DETAIL,
  DecideReport: { revision: 1, decision: 'hide', reason: 'Phishing', block_texts: true },
  Approval: APPROVAL,
  ApprovalPage: page(APPROVAL),
  DecideApproval: { decision: 'approve', version: APPROVAL.version },
  HidePastes: { slugs: [PASTE.slug], reason: 'Spam' },
  HiddenPastes: { hidden: [PASTE.slug], already_hidden: [], not_found: [], failed: [] },
  BlockedHash: BLOCKED_HASH,
  BlockedHashPage: page(BLOCKED_HASH),
  InstanceSettings: INSTANCE_SETTINGS,
  UpdateInstanceSettings: { who_can_create: 'members', max_stored_mb_member: 100 },
  AuditEntry: AUDIT_ENTRY,
  AuditPage: page(AUDIT_ENTRY),
  Paste: PASTE,
  PasteFile: FILE,
  PastePage: page(PASTE),
  PersonalToken: PERSONAL_TOKEN,
  PersonalTokenList: page(PERSONAL_TOKEN),
  Problem: {
    type: 'about:blank',
    title: 'Not found',
    status: 404,
    detail: 'Not found. It may have expired or been deleted, or you may not have access.',
    code: 'not_found',
  },
  Profile: {
    ...USER,
    email: undefined,
    pastes: page({ ...PASTE, visibility: 'public', owner: USER.username }),
  },
  Refresh: { refresh_token: TOKEN_PAIR.refresh_token },
  Refreshed: { token: TOKEN_PAIR },
  Register: { email: USER.email, username: USER.username, password: PASSWORD },
  Registered: { user: { ...USER, email_verified: false }, token: null },
  ReplaceContact: CONTACT_INPUT,
  ResetPassword: { token: MAIL_TOKEN, password: PASSWORD },
  Reveal: { proof: SHA256 },
  Revision: REVISION,
  RevisionPage: page(REVISION),
  Session: SESSION,
  SessionList: page(SESSION),
  Share: SHARE,
  ShareList: page(SHARE),
  SharedPage: page(SHARED_PASTE),
  SharedPaste: SHARED_PASTE,
  SignedIn: { user: USER, token: TOKEN_PAIR },
  TokenPair: TOKEN_PAIR,
  UpdatePaste: { title: 'Retry with full jitter', expires_in: '1mo' },
  UpdateProfile: { name: 'Ada King' },
  UpdateSecretPaste: { payload: AGE_FILE },
  UpdateShare: { role: 'editor' },
  UpdateUser: { role: 'moderator' },
  User: USER,
  VerifyEmail: { token: MAIL_TOKEN, password: PASSWORD },
  WarningDetail: {
    code: 'credentials',
    path: 'files.0.content',
    line: 3,
    kind: 'github_token',
    message: 'Possible credential: GitHub token.',
  },
};
