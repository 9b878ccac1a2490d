/** Current and future paths of the service and names of official roles; not allowed as slugs or usernames. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'abuse administration administrator administrators admins anonymous bot compliance daemon everyone ' +
    'helpdesk hostmaster info mail mailer-daemon mod moderation moderator moderators mods no-reply noreply ' +
    'official operator operators owner postmaster staff superuser sysadmin team webmaster ' +
    'about account admin api app apple-touch-icon assets auth blog burn contact contacts create dashboard delete ' +
    'docs document documents download edit embed explore export favicon feed file files forgot-password ' +
    'health help history home icon import index inbox invite legal live login logout manifest me new next ' +
    'null oauth opengraph-image outbox paste pastes people person preferences preview privacy profile public raw ready ' +
    'register report reports reset-password reveal revisions robots root rss search secret security ' +
    'session sessions settings share shared shares sheaf signin signout signup sitemap static status ' +
    'support system terms token tokens trash undefined unlock user users verify-email webhook well-known www'
  ).split(' '),
);

const JOINERS = /[-_]/g;

/** Whether a slug or a username is kept for the service, with hyphens and underscores or without. */
export function isReserved(word: string): boolean {
  const lower = word.toLowerCase();
  return RESERVED_WORDS.has(lower) || RESERVED_WORDS.has(lower.replace(JOINERS, ''));
}
