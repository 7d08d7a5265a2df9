import { expect } from 'vitest';
import { describePage, pageTest } from './browser/browser-test.ts';
import { signUp } from './page/account.ts';
import { addTaskByChat, ask, openConversation, startConversation } from './page/chat.ts';
import { addTask, taskCheckbox, taskRow, taskTitles } from './page/tasks.ts';
import { waitUntil } from './page/wait-until.ts';

describePage('the chat', () => {
  pageTest('a task asked for appears in the list without a reload', async (page) => {
    await signUp(page);
    await addTaskByChat(page, 'Remind me to buy oat milk');
    await taskRow(page, 'buy oat milk').or(taskRow(page, 'Buy oat milk')).first().waitFor();
  });

  pageTest('the assistant knows the tasks that were typed into the list', async (page) => {
    await signUp(page);
    await addTask(page, 'Water the plants');
    expect(await ask(page, 'What do I have to do?')).toContain('Water the plants');
  });

  pageTest('tasks can be completed, renamed and deleted in plain sentences', async (page) => {
    await signUp(page);
    for (const title of ['Buy milk', 'Pay the rent', 'Water the plants'])
      await addTask(page, title);
    await ask(page, 'I paid the rent');
    await waitUntil('the rent is ticked off', () => taskCheckbox(page, 'Pay the rent').isChecked());
    await ask(page, 'rename buy milk to buy oat milk');
    await taskRow(page, 'Buy milk').waitFor({ state: 'detached' });
    await ask(page, 'delete water the plants');
    await taskRow(page, 'Water the plants').waitFor({ state: 'detached' });
    expect(await taskTitles(page)).toHaveLength(2);
  });

  pageTest('a conversation is there after a reload and among the earlier ones', async (page) => {
    await signUp(page);
    const answer = await addTaskByChat(page, 'Remind me to buy oat milk');
    await page.reload();
    const messages = page.getByRole('group', { name: 'Messages' });
    await messages.getByText('Remind me to buy oat milk').waitFor();
    const said = answer.split('\n').at(-1) ?? '';
    expect(await messages.innerText()).toContain(said);

    await startConversation(page);
    await messages.waitFor({ state: 'detached' });
    await openConversation(page, 'Remind me to buy oat milk');
    await messages.getByText('Remind me to buy oat milk').waitFor();
  });

  pageTest('a conversation can be deleted, after a second press', async (page) => {
    await signUp(page);
    await ask(page, 'What do I have to do?');
    await page.getByRole('button', { name: 'Earlier conversations' }).click();
    await page.getByRole('button', { name: /^Delete conversation/ }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No conversations yet.').waitFor();
    await page.getByRole('button', { name: 'Back to the chat' }).click();
    expect(await page.getByRole('group', { name: 'Messages' }).count()).toBe(0);
  });
});
