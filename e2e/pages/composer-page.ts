import { expect, type Locator, type Page } from 'playwright/test';

const ONE_TRY_MS = 5_000;

export interface Typed {
  title?: string;
  fileName?: string;
  text: string;
  lifetime?: string;
  visibility?: string;
}

export interface OpenedFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** The forms that create and change a paste. With several files, it acts on the last one shown. */
export class ComposerPage {
  readonly title: Locator;
  readonly text: Locator;
  readonly fileName: Locator;
  readonly lifetime: Locator;
  readonly visibility: Locator;
  readonly alert: Locator;
  readonly language: Locator;
  readonly tabs: Locator;
  readonly secret: Locator;
  /** The notes that lie over the lower edge of the text. */
  readonly notes: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole('textbox', { name: 'Title' });
    this.text = page.getByRole('textbox', { name: 'Text', exact: true }).last();
    this.fileName = page.getByRole('textbox', { name: 'File name' }).last();
    this.lifetime = page.getByRole('combobox', { name: 'Lifetime' });
    this.visibility = page.getByRole('combobox', { name: 'Visibility' });
    this.alert = page.getByRole('main').getByRole('alert');
    this.language = page.getByRole('combobox', { name: 'Language' }).last();
    this.tabs = page.getByRole('tablist', { name: 'Files' }).getByRole('tab');
    this.secret = page.getByRole('switch', { name: 'Secret' });
    this.notes = page.getByRole('main').getByRole('status');
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
  }

  /** With JavaScript, once the page is at rest. */
  async openEditor(path = '/'): Promise<void> {
    await this.open(path);
    await this.expectEditor();
  }

  async expectEditor(): Promise<void> {
    await expect(this.text).toHaveAttribute('contenteditable', 'true');
  }

  /** Lets go of files over the page. */
  async drop(files: readonly OpenedFile[]): Promise<void> {
    await this.hand(files, 'drop');
  }

  /** Lets go of files and folders of this machine; a page cannot create a drop of a folder. */
  async dropPaths(files: string[]): Promise<void> {
    const box = await this.text.boundingBox();
    if (!box) throw new Error('the text has no place on the page');
    const browser = await this.page.context().newCDPSession(this.page);
    const drag = { x: box.x + 10, y: box.y + 10, data: { items: [], files, dragOperationsMask: 1 } };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await browser.send('Input.dispatchDragEvent', { type, ...drag });
    }
  }

  async paste(files: readonly OpenedFile[]): Promise<void> {
    await this.hand(files, 'paste');
  }

  async choose(files: readonly OpenedFile[]): Promise<void> {
    const payload = files.map(({ name, type, bytes }) => ({
      name,
      mimeType: type,
      buffer: Buffer.from(bytes),
    }));
    await this.page.getByLabel('Open files').setInputFiles(payload);
  }

  async fill({ title, fileName, text, lifetime, visibility }: Typed): Promise<void> {
    await this.write(text);
    if (title !== undefined) await this.title.fill(title);
    if (fileName !== undefined) await this.fileName.fill(fileName);
    if (lifetime !== undefined) await this.lifetime.selectOption({ label: lifetime });
    if (visibility !== undefined) await this.visibility.selectOption({ label: visibility });
  }

  /** The editor may take the place of the plain field at any moment, also in the midst of this. */
  async write(text: string): Promise<void> {
    await expect(async () => {
      await this.text.fill(text, { timeout: ONE_TRY_MS });
      expect(await this.readText()).toBe(text);
    }).toPass({ timeout: 30_000 });
  }

  async expectText(text: string): Promise<void> {
    await expect.poll(() => this.readText()).toBe(text);
  }

  async addPassword(password: string): Promise<void> {
    await this.page.getByText('Add a password').click();
    await this.page.getByLabel('Password (optional)').fill(password);
  }

  async createLink(): Promise<void> {
    await this.page.getByRole('button', { name: 'Create link' }).click();
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click();
  }

  private async hand(files: readonly OpenedFile[], way: 'drop' | 'paste'): Promise<void> {
    const payload = files.map(({ name, type, bytes }) => ({ name, type, bytes: [...bytes] }));
    await this.text.evaluate(
      (target, { payload, way }) => {
        const data = new DataTransfer();
        for (const { name, type, bytes } of payload) {
          data.items.add(new File([new Uint8Array(bytes)], name, { type }));
        }
        const init = { bubbles: true, cancelable: true };
        if (way === 'paste') {
          target.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }));
          return;
        }
        target.dispatchEvent(new DragEvent('dragover', { ...init, dataTransfer: data }));
        target.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: data }));
      },
      { payload, way },
    );
  }

  private readText(): Promise<string> {
    return this.text.evaluate(
      (element) => {
        if (element instanceof HTMLTextAreaElement) return element.value;
        if (element.querySelector('.cm-placeholder')) return '';
        return [...element.children].map((line) => line.textContent ?? '').join('\n');
      },
      undefined,
      { timeout: ONE_TRY_MS },
    );
  }
}
