/** Sent with a form that a script posts to watch it go; it wants to know where it led, not the page there. */
export const UPLOAD_HEADER = 'x-sheaf-upload';
