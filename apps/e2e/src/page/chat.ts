import type { Locator, Page } from 'playwright-core';
import { showChat } from './views.ts';

export function messageField(page: Page): Locator {
  return page.getByLabel('Message to the assistant');
}

/** The assistant's latest answer, whatever its state. */
export function lastAnswer(page: Page): Locator {
  return page.getByRole('group', { name: 'Messages' }).locator('[data-state]').last();
}

/** Sends a message and waits until the answer is complete. @returns the answer's text */
export async function ask(page: Page, text: string): Promise<string> {
  await showChat(page);
  const log = page.getByRole('group', { name: 'Messages' });
  const answered = await log.locator('[data-state=done]').count();
  await messageField(page).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const ended = log.locator('[data-state]:not([data-state=streaming])').nth(answered);
  await ended.waitFor();
  const state = await ended.getAttribute('data-state');
  const answer = await ended.innerText();
  if (state !== 'done') throw new Error(`The answer to “${text}” is ${state}: ${answer}`);
  return answer;
}

/** Asks the assistant for a task, e.g. `add buy milk`, and waits until it says that it did. */
export async function addTaskByChat(page: Page, text: string): Promise<string> {
  const answer = await ask(page, text);
  if (!answer.includes('Added a task')) throw new Error(`“${text}” added no task: ${answer}`);
  return answer;
}

export async function startConversation(page: Page): Promise<void> {
  await showChat(page);
  await page.getByRole('button', { name: 'New conversation' }).click();
}

/** Opens an earlier conversation by its title. */
export async function openConversation(page: Page, title: string): Promise<void> {
  await showChat(page);
  await page.getByRole('button', { name: 'Earlier conversations' }).click();
  await page.getByRole('listitem').filter({ hasText: title }).getByRole('button').first().click();
}
