import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { describePage, pageTest } from './browser/browser-test.ts';
import { seriousViolations } from './page/accessibility.ts';
import { signUp } from './page/account.ts';
import { addTaskByChat } from './page/chat.ts';
import { addTask, completeTask, taskRow } from './page/tasks.ts';
import { showChat } from './page/views.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

function background(page: Page): Promise<string> {
  return page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
}

/** How bright a CSS rgb() colour is, 0–255. */
function brightness(rgb: string): number {
  const parts =
    rgb
      .match(/[\d.]+/g)
      ?.slice(0, 3)
      .map(Number) ?? [];
  return parts.reduce((sum, part) => sum + part, 0) / 3;
}

/** Visible controls and texts that reach beyond the right edge, where nobody can scroll to. */
async function stickingOut(page: Page): Promise<string[]> {
  return page.locator('body').evaluate((body) =>
    [...body.querySelectorAll('button, input, textarea, h1, h2, p, li')]
      .filter((element) => {
        const { right, width, height } = element.getBoundingClientRect();
        return width > 1 && height > 1 && right > innerWidth + 1;
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
}

describePage('the page', () => {
  pageTest(
    'works on a phone, one view at a time, and nothing sticks out',
    async (page) => {
      await page.goto('/');
      expect(await stickingOut(page)).toEqual([]);
      await signUp(page);
      const long = 'Book the train to Leipzig and do not forget the reservation for the bicycle';
      await addTask(page, long);
      await completeTask(page, long);
      await addTaskByChat(page, `Remind me to ${long.toLowerCase()} on the second day`);
      expect(await page.getByRole('heading', { name: 'Tasks', exact: true }).isVisible()).toBe(
        false,
      );
      expect(await stickingOut(page)).toEqual([]);
      await page
        .getByRole('navigation', { name: 'Views' })
        .getByRole('button', { name: 'Tasks' })
        .click();
      await taskRow(page, long).waitFor();
      expect(await stickingOut(page)).toEqual([]);
    },
    PHONE,
  );

  pageTest(
    'is dark where the system is dark',
    async (page) => {
      await page.goto('/');
      expect(brightness(await background(page))).toBeLessThan(60);
      await signUp(page);
      expect(brightness(await background(page))).toBeLessThan(60);
    },
    { colorScheme: 'dark' },
  );

  pageTest('remembers the theme that was chosen', async (page) => {
    await signUp(page);
    expect(brightness(await background(page))).toBeGreaterThan(200);
    await page.getByRole('button', { name: 'Switch between light and dark' }).click();
    expect(brightness(await background(page))).toBeLessThan(60);
    await page.reload();
    expect(brightness(await background(page))).toBeLessThan(60);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    pageTest(
      `keeps nobody out, in ${colorScheme} colours`,
      async (page) => {
        await page.goto('/');
        expect(await seriousViolations(page)).toEqual([]);
        await signUp(page);
        expect(await seriousViolations(page)).toEqual([]);
        await addTask(page, 'Water the plants');
        await completeTask(page, 'Water the plants');
        await addTaskByChat(page, 'Remind me to buy oat milk');
        expect(await seriousViolations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Earlier conversations' }).click();
        await page.getByText('Open now').waitFor();
        expect(await seriousViolations(page)).toEqual([]);
      },
      { colorScheme, reducedMotion: 'reduce' },
    );
  }

  pageTest(
    'keeps nobody out on a phone',
    async (page) => {
      await signUp(page);
      await addTask(page, 'Water the plants');
      expect(await seriousViolations(page)).toEqual([]);
      await showChat(page);
      expect(await seriousViolations(page)).toEqual([]);
    },
    { ...PHONE, reducedMotion: 'reduce' },
  );

  pageTest(
    'may not be framed by another site and runs only its own scripts',
    async (page) => {
      const response = await page.goto('/');
      const policy = response?.headers()['content-security-policy'] ?? '';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(response?.headers()).toMatchObject({ 'x-content-type-options': 'nosniff' });
      await plantedScriptIsRefused(page);
    },
    { provokesPolicy: true },
  );
});

/** A script without this response's nonce, as an attacker would plant it, does not run. */
async function plantedScriptIsRefused(page: Page): Promise<void> {
  const refused = page.waitForEvent('console', (message) =>
    message.text().includes('Content Security Policy'),
  );
  await page.evaluate(`(() => {
    const planted = document.createElement('div');
    planted.innerHTML = '<button onclick="document.title = \\'owned\\'">x</button>';
    document.body.append(planted);
    planted.firstChild.click();
  })()`);
  await refused;
  expect(await page.title()).toBe('Todo Chatbot');
}
