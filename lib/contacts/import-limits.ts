/** Size limit of an import file. */
export const MAX_IMPORT_BYTES = 4 * 1024 * 1024;
export const MAX_IMPORT_ENTRIES = 10_000;
/** Limit of email addresses and of phone numbers in an entry; more may be left out on request. */
export const MAX_ENTRY_VALUES = 50;
/** An entry with more email addresses or phone numbers is always refused. */
export const MAX_GIVEN_VALUES = 1_000;
/** In UTF-16 units: the length up to which a cell or a property is read, far above the limits of a contact. */
export const MAX_CELL_LENGTH = 64 * 1024;
/** In UTF-16 units: the length up to which the parts of a name are read. */
export const MAX_READ_NAME = 4 * 1024;
/** How many remarks a report names; its `total` counts all. */
export const MAX_REMARKS = 1_000;
