import { listBirthdays, listContacts, toContactDto } from '../../contacts/queries';
import {
  birthdayListSchema,
  birthdaysSchema,
  contactInputSchema,
  contactPageSchema,
  contactPatchSchema,
  contactSchema,
  favoriteSchema,
  listContactsSchema,
  replaceContactSchema,
} from '../../contacts/schema';
import {
  createContactOnce,
  deleteContact,
  getContactOrThrow,
  replaceContact,
  updateContact,
} from '../../contacts/service';
import { now } from '../../core/clock';
import { empty, idOf, idParams, invalid, json, notFound, ok, problemAnswer, sendPage } from '../answers';
import { parseJson, parseQuery } from '../body';
import { type ApiApp, type ApiContext, memberOf } from '../context';
import { idempotencyHeader, onceOf } from '../idempotency';
import { headersOf } from '../openapi-headers';
import { wrongMethod } from '../problem';
import { addRoute } from '../route';

const guard = { access: 'member', scope: 'contacts' } as const;
const changed = {
  404: notFound,
  409: problemAnswer('Another contact has this email or phone number', 'contact_taken'),
};

/** `/contacts`: a user's address book. Contacts of other users are not found. */
export function addContactRoutes(app: ApiApp): void {
  addRoute(app, {
    ...guard,
    method: 'get',
    path: '/api/v1/contacts',
    operationId: 'listContacts',
    summary: 'List your contacts, favorites first, then by name',
    request: { query: listContactsSchema },
    responses: { 200: ok('A page of contacts', contactPageSchema), 422: invalid },
    limit: 'contacts-list',
    handle: async (c) => {
      const page = await listContacts(ownerOf(c), parseQuery(c, listContactsSchema));
      return sendPage(c, { ...page, items: page.items.map(toContactDto) });
    },
  });

  addRoute(app, {
    ...guard,
    method: 'post',
    path: '/api/v1/contacts',
    operationId: 'createContact',
    summary: 'Create a contact',
    request: { headers: idempotencyHeader, body: json(contactInputSchema) },
    responses: {
      201: {
        ...ok('The new contact', contactSchema),
        headers: headersOf('Location', 'Idempotent-Replayed?'),
      },
      ...changed,
      409: problemAnswer(
        'Another contact has this email or phone number; or the first request with this key is being processed',
        'contact_taken',
        'conflict',
      ),
    },
    limit: 'contacts-create',
    handle: async (c) => {
      const input = await parseJson(c, contactInputSchema);
      const once = onceOf(c, { operation: 'createContact', input });
      const { made: contact, replayed } = await createContactOnce(ownerOf(c), input, once);
      if (replayed) c.header('Idempotent-Replayed', 'true');
      c.header('Location', `/api/v1/contacts/${contact.id}`);
      return c.json(toContactDto(contact), 201);
    },
  });

  // Before `/contacts/{id}`, which would match it.
  addRoute(app, {
    ...guard,
    method: 'get',
    path: '/api/v1/contacts/birthdays',
    operationId: 'listBirthdays',
    summary: 'List upcoming birthdays, soonest first',
    request: { query: birthdaysSchema },
    responses: {
      200: ok('Contacts with their next birthday', birthdayListSchema),
      422: invalid,
    },
    limit: 'contacts-list',
    handle: async (c) => {
      const items = await listBirthdays(ownerOf(c), parseQuery(c, birthdaysSchema), now());
      return c.json({ items, next_cursor: null });
    },
  });
  // Its other methods would match `/contacts/{id}` too.
  app.all('/api/v1/contacts/birthdays', (c) => wrongMethod(c, ['GET', 'HEAD']));

  addRoute(app, {
    ...guard,
    method: 'get',
    path: '/api/v1/contacts/{id}',
    operationId: 'getContact',
    summary: 'Get a contact',
    request: { params: idParams },
    responses: { 200: ok('The contact', contactSchema), 404: notFound },
    limit: 'read-api',
    handle: async (c) => c.json(toContactDto(await getContactOrThrow(ownerOf(c), idOf(c)))),
  });

  addRoute(app, {
    ...guard,
    method: 'put',
    path: '/api/v1/contacts/{id}',
    operationId: 'replaceContact',
    summary: 'Replace a contact',
    request: { params: idParams, body: json(replaceContactSchema) },
    responses: { 200: ok('The updated contact', contactSchema), ...changed },
    limit: 'read-api',
    handle: async (c) => {
      const id = idOf(c);
      const input = await parseJson(c, replaceContactSchema);
      return c.json(toContactDto(await replaceContact(ownerOf(c), id, input)));
    },
  });

  addRoute(app, {
    ...guard,
    method: 'patch',
    path: '/api/v1/contacts/{id}',
    operationId: 'updateContact',
    summary: 'Update fields of a contact',
    request: { params: idParams, body: json(contactPatchSchema) },
    responses: { 200: ok('The updated contact', contactSchema), ...changed },
    limit: 'read-api',
    handle: async (c) => {
      const id = idOf(c);
      const patch = await parseJson(c, contactPatchSchema);
      return c.json(toContactDto(await updateContact(ownerOf(c), id, patch)));
    },
  });

  addRoute(app, {
    ...guard,
    method: 'patch',
    path: '/api/v1/contacts/{id}/favorite',
    operationId: 'favorContact',
    summary: 'Add a contact to the favorites or remove it',
    request: { params: idParams, body: json(favoriteSchema) },
    responses: { 200: ok('The updated contact', contactSchema), ...changed },
    limit: 'read-api',
    handle: async (c) => {
      const id = idOf(c);
      const { favorite } = await parseJson(c, favoriteSchema);
      return c.json(toContactDto(await updateContact(ownerOf(c), id, { favorite })));
    },
  });

  addRoute(app, {
    ...guard,
    method: 'delete',
    path: '/api/v1/contacts/{id}',
    operationId: 'deleteContact',
    summary: 'Delete a contact',
    request: { params: idParams },
    responses: { 204: empty('The contact was deleted'), 404: notFound },
    limit: 'read-api',
    handle: async (c) => {
      await deleteContact(ownerOf(c), idOf(c));
      return c.body(null, 204);
    },
  });
}

function ownerOf(c: ApiContext): string {
  return memberOf(c).user.id;
}
