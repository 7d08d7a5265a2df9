import { expect } from 'vitest';
import { describePage, pageTest } from './browser/browser-test.ts';
import {
  newAccount,
  openSignUp,
  signIn,
  signOut,
  signUp,
  trySignIn,
  waitForTasks,
} from './page/account.ts';
import { messageField } from './page/chat.ts';
import { addTask, taskTitles } from './page/tasks.ts';

describePage('signing in', () => {
  pageTest('a new account begins with an empty list and can come back to it', async (page) => {
    const account = await signUp(page);
    await page.getByText('Nothing here yet.').waitFor();
    await addTask(page, 'Water the plants');
    await signOut(page);
    await signIn(page, account);
    expect(await taskTitles(page)).toEqual(['Water the plants']);
  });

  pageTest('a wrong password is said in words and keeps the email', async (page) => {
    const account = await signUp(page);
    await signOut(page);
    await trySignIn(page, { email: account.email, password: 'not the password' });
    const alert = page.locator('form').getByRole('alert');
    expect(await alert.innerText()).toContain('do not belong together');
    expect(await page.getByLabel('Email').inputValue()).toBe(account.email);
  });

  pageTest('an account that exists is said beside the email', async (page) => {
    const account = await signUp(page);
    await signOut(page);
    await openSignUp(page);
    await page.getByLabel('Name', { exact: true }).fill(account.name);
    await page.getByLabel('Email').fill(account.email);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('There is an account with this email already.').waitFor();
    expect(await page.getByLabel('Email').getAttribute('aria-invalid')).toBe('true');
  });

  pageTest('what is missing is said before anything is sent', async (page) => {
    await page.goto('/');
    await openSignUp(page);
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('Tell us what to call you.').waitFor();
    await page.getByText('Enter an email address').waitFor();
    await page.getByText('Use at least 8 characters.').waitFor();
    expect(
      await page.getByLabel('Name', { exact: true }).evaluate((input) => input.matches(':focus')),
    ).toBe(true);
  });

  pageTest('a session that ends asks to sign in and keeps what was being typed', async (page) => {
    const account = await signUp(page, newAccount());
    await page.getByLabel('New task').fill('A thought that must not get lost');
    await messageField(page).fill('And a question');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Your session has ended.').waitFor();
    await signIn(page, account);
    expect(await page.getByLabel('New task').inputValue()).toBe('A thought that must not get lost');
    expect(await messageField(page).inputValue()).toBe('And a question');
  });

  pageTest('the page is signed in at once after a reload', async (page) => {
    await signUp(page);
    await page.reload({ waitUntil: 'commit' });
    await waitForTasks(page);
    expect(await page.getByRole('heading', { name: 'Sign in' }).count()).toBe(0);
  });
});
