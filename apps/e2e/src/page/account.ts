import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { waitUntil } from './wait-until.ts';

/** The backend counts tries anew after this time, whether or not there were more. */
const LIMIT_WINDOW_MS = 20_000;
const TRY_AGAIN_MS = 2_000;

export interface Account {
  name: string;
  email: string;
  password: string;
}

/** An account that nobody has yet. */
export function newAccount(): Account {
  return { name: 'Ada Lovelace', email: `ada-${randomUUID()}@example.com`, password: randomUUID() };
}

/** Opens the page, makes an account and waits until its task list is there. */
export async function signUp(page: Page, account: Account = newAccount()): Promise<Account> {
  await page.goto('/');
  await openSignUp(page);
  await page.getByLabel('Name', { exact: true }).fill(account.name);
  await fillCredentials(page, account);
  await submitUntilSignedIn(page, 'Create account');
  return account;
}

/** Signs in on the page that is open, or on the start page, and waits for the task list. */
export async function signIn(page: Page, account: Account): Promise<void> {
  if (page.url() === 'about:blank') await page.goto('/');
  await fillCredentials(page, account);
  await submitUntilSignedIn(page, 'Sign in');
}

/** Sends the sign-in form without waiting for what comes of it. */
export async function trySignIn(
  page: Page,
  credentials: Pick<Account, 'email' | 'password'>,
): Promise<void> {
  if (page.url() === 'about:blank') await page.goto('/');
  await fillCredentials(page, credentials);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

/** Switches the form to a new account; presses until the page has come alive. */
export async function openSignUp(page: Page): Promise<void> {
  const heading = page.getByRole('heading', { name: 'Create an account' });
  await waitUntil('the sign-up form is open', async () => {
    if (await heading.isVisible()) return true;
    await page.getByRole('button', { name: 'Create an account' }).click();
    return heading.isVisible();
  });
}

export async function waitForTasks(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  await page.getByText('Your tasks are loading.').waitFor({ state: 'detached' });
}

/** Many tests from one address may meet the limit of tries: then, as a person would, wait a moment. */
async function submitUntilSignedIn(page: Page, button: string): Promise<void> {
  const tasks = page.getByRole('heading', { name: 'Tasks', exact: true });
  const limited = page.getByText('That was too many tries in a row.');
  await waitUntil(
    'the account is signed in',
    async () => {
      await page.getByRole('button', { name: button, exact: true }).click();
      await tasks.or(limited).first().waitFor();
      if (await tasks.isVisible()) return true;
      await pause(TRY_AGAIN_MS);
      return false;
    },
    2 * LIMIT_WINDOW_MS,
  );
  await waitForTasks(page);
}

async function fillCredentials(
  page: Page,
  { email, password }: Pick<Account, 'email' | 'password'>,
): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
}
