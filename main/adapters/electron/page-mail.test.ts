import { expect, it, vi } from 'vitest';
import { PageMail } from './page-mail.ts';

function fixture() {
  const page = { navigate: vi.fn(), refused: vi.fn() };
  return { page, mail: new PageMail(page) };
}

it('keeps the last target and the refusal until the page listens, and sends each once', () => {
  const { page, mail } = fixture();
  mail.navigate({ view: 'groups' });
  mail.navigate({ view: 'settings' });
  mail.refuse('No such task.');
  expect(page.navigate).not.toHaveBeenCalled();
  mail.listens();
  mail.listens();
  expect(page.navigate.mock.calls).toEqual([[{ view: 'settings' }]]);
  expect(page.refused.mock.calls).toEqual([['No such task.']]);
});

it('keeps a target for a page that loads again', () => {
  const { page, mail } = fixture();
  mail.listens();
  mail.isGone();
  mail.navigate({ view: 'settings' });
  expect(page.navigate).not.toHaveBeenCalled();
  mail.listens();
  expect(page.navigate).toHaveBeenCalledOnce();
  mail.navigate({ view: 'groups' });
  expect(page.navigate).toHaveBeenLastCalledWith({ view: 'groups' });
});

it('tells when the page listens, also to who asks later', async () => {
  const { mail } = fixture();
  const asked = mail.untilListening();
  mail.listens();
  await asked;
  await mail.untilListening();
});
