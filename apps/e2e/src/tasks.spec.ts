import { expect } from 'vitest';
import { describePage, pageTest } from './browser/browser-test.ts';
import { signUp, waitForTasks } from './page/account.ts';
import {
  addTask,
  completeTask,
  deleteTask,
  renameTask,
  taskCheckbox,
  taskRow,
  taskTitles,
} from './page/tasks.ts';
import { waitUntil } from './page/wait-until.ts';

describePage('the task list', () => {
  pageTest('added, completed and renamed tasks are still there after a reload', async (page) => {
    await signUp(page);
    await addTask(page, 'Buy milk');
    await addTask(page, 'Call the dentist');
    await completeTask(page, 'Buy milk');
    await renameTask(page, 'Call the dentist', 'Call the dentist on Monday');
    await page.reload();
    await waitForTasks(page);
    await taskRow(page, 'Buy milk').waitFor();
    expect(await taskTitles(page)).toEqual(['Call the dentist on Monday', 'Buy milk']);
    expect(await taskCheckbox(page, 'Buy milk').isChecked()).toBe(true);
    expect(await taskCheckbox(page, 'Call the dentist on Monday').isChecked()).toBe(false);
  });

  pageTest(
    'open tasks stand in the order in which they were added, done ones below',
    async (page) => {
      await signUp(page);
      for (const title of ['One', 'Two', 'Three']) await addTask(page, title);
      await completeTask(page, 'One');
      expect(await taskTitles(page)).toEqual(['Two', 'Three', 'One']);
      expect(await taskCheckbox(page, 'One').evaluate((box) => box.matches(':focus'))).toBe(true);
    },
  );

  pageTest('a deleted task comes back with Undo', async (page) => {
    await signUp(page);
    await addTask(page, 'Buy milk');
    await addTask(page, 'Call the dentist');
    await deleteTask(page, 'Buy milk');
    expect(await taskTitles(page)).toEqual(['Call the dentist']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await taskRow(page, 'Buy milk').waitFor();
    await page.reload();
    await taskRow(page, 'Buy milk').waitFor();
  });

  pageTest('can be narrowed to what is open or completed', async (page) => {
    await signUp(page);
    await addTask(page, 'Buy milk');
    await addTask(page, 'Call the dentist');
    await completeTask(page, 'Buy milk');
    const show = page.getByRole('group', { name: 'Show' });
    await show.getByRole('button', { name: 'Open' }).click();
    expect(await taskTitles(page)).toEqual(['Call the dentist']);
    await show.getByRole('button', { name: 'Completed' }).click();
    expect(await taskTitles(page)).toEqual(['Buy milk']);
    await show.getByRole('button', { name: 'Open' }).click();
    await addTask(page, 'Pay the rent');
    await completeTask(page, 'Call the dentist');
    expect(await taskTitles(page)).toEqual(['Pay the rent']);
    expect(await taskCheckbox(page, 'Pay the rent').evaluate((box) => box.matches(':focus'))).toBe(
      true,
    );
  });

  pageTest('a title is text, never markup', async (page) => {
    await signUp(page);
    const title = '<img src=x onerror="document.title=`owned`"> & "friends"';
    await addTask(page, title);
    expect(await taskTitles(page)).toEqual([title]);
    expect(await page.title()).toBe('Todo Chatbot');
  });

  pageTest('an empty title is refused in words', async (page) => {
    await signUp(page);
    await waitUntil('the refusal is shown', async () => {
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      return page.getByText('A title needs at least one character.').isVisible();
    });
  });

  pageTest('belongs to its owner: another account sees none of it', async (page) => {
    await signUp(page);
    await addTask(page, 'Buy milk');
    await page.context().clearCookies();
    await signUp(page);
    await page.getByText('Nothing here yet.').waitFor();
  });
});
