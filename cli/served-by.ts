/** Of the built client: the line in which an instance writes its own address when it serves the client. */
export const SERVED_BY_LINE = 'const SHEAF_SERVED_BY = "";';
