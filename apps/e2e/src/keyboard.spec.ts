import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { describePage, pageTest } from './browser/browser-test.ts';
import { newAccount, openSignUp, signUp, waitForTasks } from './page/account.ts';
import { taskCheckbox, taskRow } from './page/tasks.ts';

/** Presses Tab until the focus is on a control with this name, as somebody without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page
    .getByLabel(name, { exact: true })
    .or(page.getByRole('button', { name, exact: true }));
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await wanted.and(focused).count()) > 0) {
      expect(await showsFocus(page), `focus on ${name} can be seen`).toBe(true);
      return;
    }
  }
  throw new Error(`The Tab key does not reach “${name}”.`);
}

/** Whether the focused control, or the field around it, wears an outline. */
function showsFocus(page: Page): Promise<boolean> {
  return page.locator(':focus').evaluate((element) => {
    const outlined = (e: Element | null): boolean =>
      e !== null &&
      getComputedStyle(e).outlineStyle !== 'none' &&
      getComputedStyle(e).outlineWidth !== '0px';
    return outlined(element) || outlined(element.parentElement);
  });
}

describePage('by keyboard alone', () => {
  pageTest(
    'one can sign up, add, rename, complete, delete and bring back a task, and chat',
    async (page) => {
      const account = newAccount();
      const type = (text: string) => page.keyboard.type(text);
      await page.goto('/');
      await openSignUp(page);
      await page.getByLabel('Name', { exact: true }).focus();
      await type(account.name);
      await tabTo(page, 'Email');
      await type(account.email);
      await tabTo(page, 'Password');
      await type(account.password);
      await page.keyboard.press('Enter');
      await waitForTasks(page);

      await tabTo(page, 'New task');
      await type('Buy milk');
      await page.keyboard.press('Enter');
      await taskRow(page, 'Buy milk').waitFor();

      await tabTo(page, 'Buy milk');
      await page.keyboard.press('Space');
      expect(await taskCheckbox(page, 'Buy milk').isChecked()).toBe(true);

      await tabTo(page, 'Rename Buy milk');
      await page.keyboard.press('Enter');
      await type('Buy tea');
      await page.keyboard.press('Escape');
      await taskRow(page, 'Buy milk').waitFor();
      await page
        .locator(':focus')
        .and(page.getByRole('button', { name: 'Rename Buy milk' }))
        .waitFor();
      await page.keyboard.press('Enter');
      await type('Buy oat milk');
      await page.keyboard.press('Enter');
      await taskRow(page, 'Buy oat milk').waitFor();

      await tabTo(page, 'Delete Buy oat milk');
      await page.keyboard.press('Enter');
      await page.getByText('Deleted “Buy oat milk”').waitFor();
      await page.locator(':focus').and(page.getByLabel('New task')).waitFor();
      await tabTo(page, 'Undo');
      await page.keyboard.press('Enter');
      await taskRow(page, 'Buy oat milk').waitFor();

      await page.getByLabel('New task').focus();
      await tabTo(page, 'Message to the assistant');
      await type('What do I have to do?');
      await page.keyboard.press('Enter');
      await page.locator('[data-state=done]').waitFor();
    },
  );

  pageTest('the first Tab offers to skip to the tasks', async (page) => {
    await signUp(page);
    await page.reload();
    await waitForTasks(page);
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Skip to tasks' }).and(page.locator(':focus')).waitFor();
  });
});
