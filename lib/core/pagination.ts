/** How many items a page of a list has unless more or fewer are requested. */
export const PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;
