import { expect } from './fixtures';
import { ContactsPage } from './pages/contacts-page';
import { test } from './support/member';

// Between them there is a midnight at any time.
for (const timezoneId of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
  test.describe(timezoneId, () => {
    test.use({ timezoneId });

    test('a birthday is today in the time zone of the browser', async ({ context, newMember, page }) => {
      await newMember(context);
      const contacts = new ContactsPage(page);
      const day = new Date().toLocaleDateString('sv-SE', { timeZone: timezoneId }).slice(5);
      await contacts.add({ 'First name': 'Ada', Birthday: `1992-${day}` });
      // The first page sets the cookie with the time zone, the next one reads it.
      await expect(async () => {
        await contacts.open();
        await expect(contacts.birthdays).toHaveText(/Ada\s*today/, { timeout: 1_000 });
      }).toPass();
    });
  });
}
