/** What the process `image-builder.ts` is asked, one after the other. */
export type BuilderRequest = { ask: 'tags' } | { ask: 'build'; apps: string[] };

/** What it answers: `built` is false when Nx could not, which it says on its output. */
export type BuilderAnswer =
  | { tags: Record<string, string> }
  | { built: boolean }
  | { error: string };
