/** The name of the box by which a contact is chosen: one for each, so that a form given back has them all. */
export function contactField(id: string): string {
  return `contact.${id}`;
}
