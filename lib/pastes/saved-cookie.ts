/** Holds a new paste's edit key from the save to the page that shows it, once. */
export const SAVED_COOKIE = 'sheaf_saved';
/** How long the key waits for that page. */
export const SAVED_SECONDS = 120;
