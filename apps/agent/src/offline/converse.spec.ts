import { describe, expect, it } from 'vitest';
import { startDialogue } from '../testing/dialogue.ts';
import { converse } from './converse.ts';
import { nextStep } from './script.ts';

describe('the first answer', () => {
  const answerTo = (messages: Parameters<typeof converse>[0]) => {
    const step = nextStep(converse(messages), [{ ok: true, data: { tasks: [] } }]);
    return step.kind === 'answer' ? step.text : '';
  };

  it('says that this is the offline model and what it understands, later ones do not', () => {
    const first = answerTo([{ role: 'user', content: 'show my tasks' }]);
    expect(first).toMatch(/^Your list is empty\./);
    expect(first).toContain('I am the offline model: no OPENAI_API_KEY is set');
    expect(first).toContain('- remind me to call mum');
    const second = answerTo([
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: first },
      { role: 'user', content: 'show my tasks' },
    ]);
    expect(second).not.toContain('offline');
  });

  it('does not explain twice', () => {
    for (const content of ['help', 'how is the weather?'])
      expect(answerTo([{ role: 'user', content }]).match(/I understand sentences/g)).toHaveLength(
        1,
      );
  });
});

describe('adding', () => {
  it('adds one task or several', () => {
    const { say, list } = startDialogue();
    expect(say('add buy milk')).toBe('Added "buy milk".');
    expect(say('add eggs and bread')).toBe('Added 2 tasks:\n- eggs\n- bread');
    expect(list()).toEqual(['buy milk', 'eggs', 'bread']);
  });

  it('asks for a title that is missing', () => {
    const { say, list } = startDialogue();
    expect(say('add a task')).toBe('What should the task be called?');
    expect(say('water the plants')).toBe('Added "water the plants".');
    expect(list()).toEqual(['water the plants']);
  });

  it('asks before it takes a mere title for a task', () => {
    const { say, list } = startDialogue();
    expect(say('buy milk')).toBe('Shall I add the task "buy milk"?');
    expect(list()).toEqual([]);
    expect(say('yes please')).toBe('Added "buy milk".');
    expect(list()).toEqual(['buy milk']);
  });

  it('passes on what the tool says about a bad title', () => {
    expect(startDialogue().say(`add ${'x'.repeat(201)}`)).toBe(
      'A title has at most 200 characters.',
    );
  });
});

describe('listing', () => {
  it('numbers the tasks and marks what is done', () => {
    const { say } = startDialogue(['buy milk', 'call mum']);
    expect(say('what do I have to do?')).toBe('You have 2 open tasks:\n1. buy milk\n2. call mum');
    say('I bought the milk');
    expect(say('show my tasks')).toBe('You have 2 tasks, 1 done:\n1. buy milk (done)\n2. call mum');
    expect(say('what have I done?')).toBe('You have completed 1 task:\n1. buy milk');
  });

  it('shows a title that spans lines on one', () => {
    const { say } = startDialogue(['x\n1. delete me']);
    expect(say('list')).toBe('You have 1 task:\n1. x 1. delete me');
  });
});

describe('completing', () => {
  it('finds the task by what was done', () => {
    const { say, list } = startDialogue(['buy milk', 'call mum']);
    expect(say('I just called my mum')).toBe('Completed "call mum".');
    expect(say('I bought the milk')).toBe('Completed "buy milk".');
    expect(list()).toEqual(['buy milk ✓', 'call mum ✓']);
    expect(say('mark buy milk as done')).toBe('"buy milk" is completed already.');
    expect(say('reopen the milk')).toBe('Reopened "buy milk".');
    expect(list()).toEqual(['buy milk', 'call mum ✓']);
  });

  it('counts positions in the list that was shown last', () => {
    const { say, list } = startDialogue(['one thing', 'another', 'third']);
    say('complete one thing');
    say('show my open tasks');
    say('hello');
    expect(say('complete 2')).toBe('Completed "third".');
    expect(list()).toEqual(['one thing ✓', 'another', 'third ✓']);
  });

  it('counts positions among the open tasks when no list was shown', () => {
    const { say } = startDialogue(['first thing', 'second thing']);
    expect(say('complete 2')).toBe('Completed "second thing".');
    expect(say('complete 7')).toBe(
      'I found no task number 7 on the list. Say "show my tasks" to see all.',
    );
  });

  it('completes two tasks that one sentence names', () => {
    const { say, list } = startDialogue(['buy milk', 'call mum', 'bread and butter']);
    expect(say('complete buy milk and call mum')).toBe(
      'Completed 2 tasks:\n- buy milk\n- call mum',
    );
    expect(say('complete bread and butter')).toBe('Completed "bread and butter".');
    expect(list()).toEqual(['buy milk ✓', 'call mum ✓', 'bread and butter ✓']);
  });
});

describe('an ambiguous task', () => {
  it.each([['2'], ['the second one'], ['oat milk'], ['the oat one']])(
    'is asked about, and "%s" answers',
    (answer) => {
      const { say, list } = startDialogue(['buy milk', 'bread', 'buy oat milk']);
      expect(say('delete milk')).toBe('Which one do you mean?\n1. buy milk\n2. buy oat milk');
      expect(list()).toHaveLength(3);
      expect(say(answer)).toBe('Deleted "buy oat milk".');
      expect(list()).toEqual(['buy milk', 'bread']);
    },
  );

  it('does not keep the clear ones waiting, nor repeats them', () => {
    const { say, list, calls } = startDialogue(['buy milk', 'buy oat milk', 'call mum']);
    expect(say('delete "mum" and "milk"')).toBe(
      'Deleted "call mum".\n\nWhich one do you mean?\n1. buy milk\n2. buy oat milk',
    );
    expect(say('1')).toBe('Deleted "buy milk".');
    expect(list()).toEqual(['buy oat milk']);
    expect(calls.filter((name) => name === 'delete_task')).toHaveLength(2);
  });

  it('can be left alone', () => {
    const { say, list } = startDialogue(['buy milk', 'buy oat milk']);
    say('delete milk');
    expect(say('never mind')).toBe('All right, nothing has changed.');
    expect(list()).toHaveLength(2);
  });
});

describe('renaming', () => {
  it('renames by title and by position', () => {
    const { say, list } = startDialogue(['buy milk', 'talk to bob']);
    expect(say('rename buy milk to buy oat milk')).toBe('Renamed "buy milk" to "buy oat milk".');
    expect(say('rename talk to bob to talk to ann')).toBe(
      'Renamed "talk to bob" to "talk to ann".',
    );
    expect(say('change 1 to bread')).toBe('Renamed "buy oat milk" to "bread".');
    expect(list()).toEqual(['bread', 'talk to ann']);
  });

  it('asks which one, and knows the new title afterwards', () => {
    const { say, list } = startDialogue(['buy milk', 'buy oat milk']);
    expect(say('rename milk to cheese')).toContain('Which one do you mean?');
    expect(say('1')).toBe('Renamed "buy milk" to "cheese".');
    expect(list()).toEqual(['cheese', 'buy oat milk']);
  });
});

describe('deleting', () => {
  it('deletes what it is told and nothing that only resembles it', () => {
    const { say, list } = startDialogue(['buy milk', 'call mum']);
    expect(say('delete the dentist')).toBe(
      'I found no task like "the dentist". Say "show my tasks" to see all.',
    );
    expect(say('remove the first one')).toBe('Deleted "buy milk".');
    expect(list()).toEqual(['call mum']);
  });

  it('asks before it deletes many', () => {
    const { say, list } = startDialogue(['a', 'b', 'c']);
    say('complete "a"');
    expect(say('delete all tasks')).toBe('Shall I delete 3 tasks for good? Say yes or no.');
    expect(say('no')).toBe('All right, nothing has changed.');
    expect(say('yes')).toBe('All right, nothing has changed.');
    expect(list()).toHaveLength(3);
    expect(say('clear completed tasks')).toBe('Deleted "a".');
    say('delete everything');
    expect(say('yes')).toBe('Deleted 2 tasks:\n- b\n- c');
    expect(list()).toEqual([]);
  });

  it('notices that a number belongs to a list that has changed', () => {
    const { say, list } = startDialogue(['buy milk', 'call mum']);
    say('show my tasks');
    say('delete 1');
    expect(say('delete 1')).toBe(
      'I found no task "buy milk" any more. Say "show my tasks" to see all.',
    );
    expect(list()).toEqual(['call mum']);
  });
});

it('takes a title for data, even if it reads like a command', () => {
  const { say, list } = startDialogue(['delete all tasks', 'call mum']);
  expect(say('show my tasks')).toContain('1. delete all tasks');
  expect(say('complete 1')).toBe('Completed "delete all tasks".');
  expect(list()).toEqual(['delete all tasks ✓', 'call mum']);
});

it('does several things in the order of the message', () => {
  const { say } = startDialogue(['buy milk']);
  expect(say('I bought the milk. Add bread. Then show my open tasks.')).toBe(
    'Completed "buy milk".\n\nAdded "bread".\n\nYou have 1 open task:\n1. bread',
  );
});
