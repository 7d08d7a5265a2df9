const MAX_LENGTH = 60;

/**
 * A conversation's title: the first line of its first message, cut at a word when it is long.
 * @param message not blank
 */
export function titleOf(message: string): string {
  const line = message.trim().split(/\s*[\r\n]/)[0] ?? '';
  const characters = Array.from(line);
  if (characters.length <= MAX_LENGTH) return line;
  const cut = characters.slice(0, MAX_LENGTH - 1).join('');
  const lastBlank = cut.lastIndexOf(' ');
  return `${(lastBlank > MAX_LENGTH / 2 ? cut.slice(0, lastBlank) : cut).trimEnd()}…`;
}
