import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { BuilderAnswer, BuilderRequest } from '@todo/workspace';
import { nxEnvironment } from './nx-environment.ts';
import { root } from './settings.ts';
import { UserError } from './user-error.ts';

/** Nx in a process of its own, which loads while a command does other things. */
export interface ImageBuilder {
  /**
   * The tags of all images as the sources are; nothing is built.
   * @throws UserError when Nx cannot read the workspace
   */
  tags: () => Promise<Record<string, string>>;
  /**
   * Builds the images of these apps with those tags; what did not change comes from Nx's cache.
   * @throws UserError with the last lines of the build that failed
   */
  build: (apps: string[], onLine: (line: string) => void) => Promise<void>;
}

/** How much of a failed build's output is shown. */
const LAST_LINES = 20;

/** Starts the process; it ends with this one. */
export function openImageBuilder(): ImageBuilder {
  const child = fork(fileURLToPath(import.meta.resolve('@todo/workspace/image-builder')), {
    cwd: root,
    env: { ...process.env, ...nxEnvironment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = collectLines(child);
  const closed = once(child, 'close').then((): [BuilderAnswer] => [{ error: '' }]);

  /** A process that has ended answers with an error without words: its output has them. */
  const ask = async (request: BuilderRequest): Promise<BuilderAnswer> => {
    const answer = Promise.race([once(child, 'message') as Promise<[BuilderAnswer]>, closed]);
    if (child.connected) child.send(request, () => undefined);
    return (await answer)[0];
  };

  return {
    async tags() {
      const answer = await ask({ ask: 'tags' });
      if ('tags' in answer) return answer.tags;
      throw new UserError(
        `Nx cannot read the workspace:\n${reasonOf(answer) || output.last()}`,
        'Mend the cause above; "npx nx show projects" says whether it is gone.',
      );
    },
    async build(apps, onLine) {
      output.tell(onLine);
      const answer = await ask({ ask: 'build', apps });
      if ('built' in answer && answer.built) return;
      throw new UserError(
        `The images of ${apps.join(', ')} could not be built:\n${reasonOf(answer) || output.last()}`,
        'Mend the cause above and run the same command again; it goes on where it stopped.',
      );
    },
  };
}

const reasonOf = (answer: BuilderAnswer): string => ('error' in answer ? answer.error : '');

/** Keeps the last lines that the process writes, and tells each. */
function collectLines({ stdout, stderr }: ChildProcess) {
  const lines: string[] = [];
  let listener: (line: string) => void = () => undefined;
  for (const stream of [stdout, stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (coloured) => {
      const line = stripVTControlCharacters(coloured).trim();
      if (!line) return;
      lines.push(line);
      if (lines.length > LAST_LINES) lines.shift();
      listener(line);
    });
  }
  return {
    last: () => lines.join('\n'),
    tell: (onLine: (line: string) => void) => void (listener = onLine),
  };
}
