import { afterEach, expect, it, vi } from 'vitest';
import { leavePage } from './leave-page';

afterEach(() => vi.unstubAllGlobals());

it('a page that was left is loaded again where the browser shows it as it was', () => {
  const page = new EventTarget();
  const location = { assign: vi.fn(), reload: vi.fn() };
  vi.stubGlobal('window', Object.assign(page, { location }));
  const show = (persisted: boolean) =>
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
  show(true);
  leavePage('/abc?saved');
  expect(location.assign).toHaveBeenCalledWith('/abc?saved');
  show(false);
  expect(location.reload).not.toHaveBeenCalled();
  show(true);
  expect(location.reload).toHaveBeenCalledOnce();
});
