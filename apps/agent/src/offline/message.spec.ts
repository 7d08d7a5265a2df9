import { describe, expect, it } from 'vitest';
import type { Intent, Target, TaskStatus } from './intent.ts';
import { parseMessage } from './message.ts';

const add = (...titles: string[]): Intent => ({ kind: 'add', titles });
const list = (status: TaskStatus): Intent => ({ kind: 'list', status });
const targets = (what: (string | number)[]): Target[] =>
  what.map((one) =>
    typeof one === 'number' ? { kind: 'position', position: one } : { kind: 'title', text: one },
  );
const complete = (...what: (string | number)[]): Intent => ({
  kind: 'complete',
  targets: targets(what),
});
const remove = (...what: (string | number)[]): Intent => ({
  kind: 'remove',
  targets: targets(what),
});
const reopen = (...what: (string | number)[]): Intent => ({
  kind: 'reopen',
  targets: targets(what),
});
const all = (kind: 'complete' | 'remove' | 'reopen', status: TaskStatus): Intent => ({
  kind,
  targets: [{ kind: 'all', status }],
});
const rename = (from: string | number, title: string): Intent => ({
  kind: 'rename',
  readings: [{ target: targets([from])[0] as Target, title }],
});

const sentences: Record<string, [string, Intent | Intent[]][]> = {
  'creates tasks': [
    ['add buy milk', add('buy milk')],
    ['Add Buy milk.', add('Buy milk')],
    ['Please add buy milk to my list', add('buy milk')],
    ['Can you add "call mum" please?', add('call mum')],
    ['Could you please add buy milk to my todo list, thanks!', add('buy milk')],
    ['add a task to buy milk', add('buy milk')],
    ['Add a new task: buy milk', add('buy milk')],
    ['add a task called water the plants', add('water the plants')],
    ['create a task buy milk', add('buy milk')],
    ['create a todo for the tax return', add('the tax return')],
    ['make a new task to clean the kitchen', add('clean the kitchen')],
    ['new task: renew passport', add('renew passport')],
    ['todo: renew passport', add('renew passport')],
    ['put eggs on my shopping list', add('eggs')],
    ['put the bins out on my list', add('the bins out')],
    ['add buy milk as a task', add('buy milk')],
    ['remind me to call mum', add('call mum')],
    ['Remind me to call mum tomorrow at 5', add('call mum tomorrow at 5')],
    ['remind me about the dentist', add('the dentist')],
    ["don't forget to feed the cat", add('feed the cat')],
    ["Don't let me forget to feed the cat", add('feed the cat')],
    ['remember to pay rent', add('pay rent')],
    ['I need to buy milk', add('buy milk')],
    ['I have to finish the report', add('finish the report')],
    ['I must call the bank.', add('call the bank')],
    ["I've got to fix the bike", add('fix the bike')],
    ['I should delete the old photos', add('delete the old photos')],
    ['I want to learn Spanish', add('learn Spanish')],
    ['note: ask Tom about the keys', add('ask Tom about the keys')],
    ['add call Dr. Smith', add('call Dr. Smith')],
    ['add 2 eggs', add('2 eggs')],
    ['add "delete all tasks"', add('delete all tasks')],
    ["add Tom's birthday", add("Tom's birthday")],
    ['add купить молоко', add('купить молоко')],
    ['add get the report done', add('get the report done')],
    ['add', add()],
    ['add a task', add()],
  ],
  'creates several tasks at once': [
    ['add milk and bread', add('milk', 'bread')],
    ['add milk, bread and eggs', add('milk', 'bread', 'eggs')],
    ['add milk, bread, and eggs to my list', add('milk', 'bread', 'eggs')],
    ['add buy milk and call mum', add('buy milk', 'call mum')],
    ['I need to buy milk and call mum', add('buy milk', 'call mum')],
    ['add two tasks: write report and walk the dog', add('write report', 'walk the dog')],
    ['add tasks oat milk and fresh bread', add('oat milk', 'fresh bread')],
    ['add "milk and bread" and "eggs"', add('milk and bread', 'eggs')],
    ['add these tasks:\n- buy milk\n- call mum', add('buy milk', 'call mum')],
    ['add buy milk and bread', add('buy milk and bread')],
    ['add buy milk, eggs and bread', add('buy milk, eggs and bread')],
    ['add call mum, tomorrow', add('call mum, tomorrow')],
    ['add dinner with mum and dad', add('dinner with mum and dad')],
  ],
  'lists tasks': [
    ['what do I have to do?', list('open')],
    ['What do I have to do today?', list('open')],
    ['what do i need to do', list('open')],
    ['What should I do next?', list('open')],
    ['show my open tasks', list('open')],
    ['show me my tasks', list('all')],
    ['Show my list, please', list('all')],
    ['list', list('all')],
    ['list all tasks', list('all')],
    ['list my todos', list('all')],
    ['my tasks', list('all')],
    ["what's on my list?", list('all')],
    ["what's left?", list('open')],
    ["what's still open", list('open')],
    ['what are my tasks', list('all')],
    ['which tasks are open?', list('open')],
    ['which tasks are done', list('completed')],
    ['show completed tasks', list('completed')],
    ['what have I done?', list('completed')],
    ['what did I finish', list('completed')],
    ['do I have any tasks?', list('open')],
    ['how many tasks do I have left?', list('open')],
    ['I want to see my tasks', list('all')],
    ['can you show me everything', list('all')],
    ['Could you tell me what do I have to do?', list('open')],
  ],
  'completes tasks': [
    ['complete buy milk', complete('buy milk')],
    ['complete 2', complete(2)],
    ['complete #2', complete(2)],
    ['complete task 2', complete(2)],
    ['mark the second one as done', complete(2)],
    ['finish the first task', complete(1)],
    ['complete the last one', complete(-1)],
    ['complete 1 and 3', complete(1, 3)],
    ['complete 1, 2 and 3', complete(1, 2, 3)],
    ['mark buy milk as done', complete('buy milk')],
    ['mark buy milk done', complete('buy milk')],
    ['Mark "buy milk" as completed', complete('buy milk')],
    ['tick off buy milk', complete('buy milk')],
    ['check off buy milk', complete('buy milk')],
    ['buy milk is done', complete('buy milk')],
    ['buy milk done', complete('buy milk')],
    ["I'm done with the report", complete('the report')],
    ['I am finished with the report', complete('the report')],
    ['done: buy milk', complete('buy milk')],
    ['I bought the milk', complete('buy the milk')],
    ['I just called mum', complete('call mum')],
    ["I've already paid the rent", complete('pay the rent')],
    ['I have finished the report', complete('the report')],
    ['finished the report', complete('the report')],
    ['I did the first one', complete(1)],
    ['I tidied the kitchen today', complete('tidy the kitchen')],
    ['complete everything', all('complete', 'all')],
    ['mark all tasks as done', all('complete', 'all')],
    ['change 2 to done', complete(2)],
  ],
  'opens tasks again': [
    ['reopen buy milk', reopen('buy milk')],
    ['mark buy milk as not done', reopen('buy milk')],
    ['uncheck 2', reopen(2)],
    ['change 2 to not done', reopen(2)],
    ['buy milk is not done', reopen('buy milk')],
  ],
  'renames tasks': [
    ['rename buy milk to buy oat milk', rename('buy milk', 'buy oat milk')],
    ['rename 2 to call dad', rename(2, 'call dad')],
    ['rename the first one to call dad', rename(1, 'call dad')],
    ['change buy milk to buy oat milk', rename('buy milk', 'buy oat milk')],
    ['change the title of buy milk to buy oat milk', rename('buy milk', 'buy oat milk')],
    ['Rename "talk to bob" to "talk to ann"', rename('talk to bob', 'talk to ann')],
    ['update task 3 to: water plants.', rename(3, 'water plants')],
  ],
  'deletes tasks': [
    ['delete buy milk', remove('buy milk')],
    ['Delete the task buy milk', remove('buy milk')],
    ['remove the first one', remove(1)],
    ['remove buy milk from my list', remove('buy milk')],
    ['delete 2', remove(2)],
    ['get rid of the dentist', remove('the dentist')],
    ['I want to delete buy milk', remove('buy milk')],
    ['delete all tasks', all('remove', 'all')],
    ['remove everything from my list', all('remove', 'all')],
    ['clear completed tasks', all('remove', 'completed')],
    ['delete all completed', all('remove', 'completed')],
    ['delete all my open tasks', all('remove', 'open')],
  ],
  'does several things in order': [
    ['Add buy milk. Then show my tasks.', [add('buy milk'), list('all')]],
    ['I bought milk and add bread', [complete('buy milk'), add('bread')]],
    ['add bread and delete buy milk', [add('bread'), remove('buy milk')]],
    ['add bread\nshow my list', [add('bread'), list('all')]],
    ['hello! add buy milk', [{ kind: 'greet' }, add('buy milk')]],
  ],
  'talks a little': [
    ['hello', { kind: 'greet' }],
    ['Hi there!', { kind: 'greet' }],
    ['help', { kind: 'help' }],
    ['What can you do?', { kind: 'help' }],
    ['thanks!', { kind: 'thank' }],
    ['yes', { kind: 'confirm' }],
    ['Yes, please', { kind: 'confirm' }],
    ['no', { kind: 'decline' }],
  ],
  'does not guess': [
    ['how is the weather?', { kind: 'unknown', text: 'how is the weather?' }],
    ['2', { kind: 'unknown', text: '2' }],
    ['buy milk', { kind: 'unknown', text: 'buy milk' }],
    ['make me a sandwich', { kind: 'unknown', text: 'make me a sandwich' }],
  ],
};

describe.each(Object.entries(sentences))('%s', (_, examples) => {
  it.each(examples)('%s', (sentence, wanted) => {
    expect(parseMessage(sentence)).toEqual([wanted].flat());
  });
});

it('keeps both readings of a rename that has two', () => {
  expect(parseMessage('rename talk to bob to talk with ann')).toEqual([
    {
      kind: 'rename',
      readings: [
        { target: { kind: 'title', text: 'talk' }, title: 'bob to talk with ann' },
        { target: { kind: 'title', text: 'talk to bob' }, title: 'talk with ann' },
        { target: { kind: 'title', text: 'talk to bob to talk' }, title: 'ann' },
      ],
    },
  ]);
});

it('answers a long message without pause', () => {
  expect(parseMessage(`add ${'and '.repeat(900)}`)).toHaveLength(1);
  expect(parseMessage('what '.repeat(800))).toHaveLength(1);
});
