import type { Page } from 'playwright-core';

/** Brings the tasks to the front where a narrow screen shows one view at a time. */
export async function showTasks(page: Page): Promise<void> {
  await show(page, 'Tasks');
}

/** Brings the chat to the front where a narrow screen shows one view at a time. */
export async function showChat(page: Page): Promise<void> {
  await show(page, 'Chat');
}

async function show(page: Page, name: 'Tasks' | 'Chat'): Promise<void> {
  const tab = page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name });
  if (await tab.isVisible()) await tab.click();
}
