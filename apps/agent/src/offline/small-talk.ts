import type { Intent } from './intent.ts';

type SmallTalk = 'help' | 'greet' | 'thank' | 'confirm' | 'decline';

const TALK: [RegExp, SmallTalk][] = [
  [
    /^(?:yes|yep|yeah|y|sure|ok|okay|do it|go ahead|confirm(?:ed)?|of course|please do)\b[\s\w,]{0,20}$/i,
    'confirm',
  ],
  [
    /^(?:no|nope|n|don't|do not|stop|cancel|never ?mind|leave it)(?:[\s,]+(?:thanks|thank you|please))?$/i,
    'decline',
  ],
  [
    /^(?:hi|hello|hey|hallo|good (?:morning|afternoon|evening)|howdy)(?:\s+(?:there|you|all))?$/i,
    'greet',
  ],
  [
    /^(?:thanks|thank you|thx|cheers|great|perfect|nice|good|well done|cool)\b[\s\w,]{0,30}$/i,
    'thank',
  ],
  [
    /^(?:help|\?+|what can (?:you|i) (?:do|say|ask)|how do(?:es)? (?:you|this|it) work|who are you|what are you|what do you understand|are you (?:an? )?(?:ai|bot|human|real).*)(?:\s+me)?$/i,
    'help',
  ],
];

/** Sentences that are no command: greetings, thanks, yes and no, the question for help. */
export function smallTalkIn(text: string): Intent | undefined {
  const bare = text.trim().replace(/(?<=.)[\s.!?]+$/, '');
  const match = TALK.find(([pattern]) => pattern.test(bare));
  return match && { kind: match[1] };
}
