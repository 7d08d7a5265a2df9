import type { Locator, Page } from 'playwright-core';
import { showTasks } from './views.ts';

/** The row of the task with exactly this title. */
export function taskRow(page: Page, title: string): Locator {
  return page
    .getByRole('list', { name: 'Tasks' })
    .getByRole('listitem')
    .filter({ has: page.getByText(title, { exact: true }) });
}

export function taskCheckbox(page: Page, title: string): Locator {
  return page.getByRole('checkbox', { name: title, exact: true });
}

/** Adds a task by the form above the list and waits until it stands there. */
export async function addTask(page: Page, title: string): Promise<void> {
  await showTasks(page);
  await page.getByLabel('New task').fill(title);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await taskRow(page, title).waitFor();
}

/** Ticks a task off and waits until the server has saved it. */
export async function completeTask(page: Page, title: string): Promise<void> {
  await showTasks(page);
  await saved(page, 'PATCH', () => taskCheckbox(page, title).click());
}

export async function renameTask(page: Page, title: string, next: string): Promise<void> {
  await showTasks(page);
  await page.getByRole('button', { name: `Rename ${title}`, exact: true }).click();
  const field = page.getByLabel(`New title of ${title}`);
  await field.fill(next);
  await saved(page, 'PATCH', () => field.press('Enter'));
}

export async function deleteTask(page: Page, title: string): Promise<void> {
  await showTasks(page);
  await saved(page, 'DELETE', () =>
    page.getByRole('button', { name: `Delete ${title}`, exact: true }).click(),
  );
  await taskRow(page, title).waitFor({ state: 'detached' });
}

/** Titles as they stand in the list, from the top. */
export async function taskTitles(page: Page): Promise<string[]> {
  await showTasks(page);
  return page
    .getByRole('list', { name: 'Tasks' })
    .getByRole('listitem')
    .locator('label')
    .allInnerTexts();
}

async function saved(page: Page, method: string, act: () => Promise<unknown>): Promise<void> {
  const answered = page.waitForResponse(
    (response) => response.url().includes('/api/tasks/') && response.request().method() === method,
  );
  await act();
  const response = await answered;
  if (!response.ok())
    throw new Error(`${method} ${response.url()} was answered ${response.status()}.`);
}
