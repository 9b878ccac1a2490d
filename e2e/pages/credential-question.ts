import { expect, type Locator, type Page } from 'playwright/test';

/** What the composer asks before it saves a text with credentials that others could read. */
export class CredentialQuestion {
  readonly region: Locator;
  readonly mask: Locator;
  readonly makePrivate: Locator;
  readonly saveAnyway: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'This text seems to contain passwords or keys' });
    this.mask = this.region.getByRole('button', { name: 'Mask and save' });
    this.makePrivate = this.region.getByRole('button', { name: 'Save as private' });
    this.saveAnyway = this.region.getByRole('button', { name: 'Save anyway' });
  }

  line(name: string): Locator {
    return this.region.getByRole('link', { name, exact: true });
  }

  /** The places and kinds that are listed. */
  async expectListed(places: string[]): Promise<void> {
    await expect(this.region.getByRole('listitem')).toHaveText(places);
  }
}
