/** What Nx says when it waited for the graph of another process, and that one was stopped. */
const ABANDONED = /No cached ProjectGraph is available|source maps are missing/;

/**
 * Creates a project graph. Nx lets a process wait for the graph that another one makes; when that
 * other is stopped in a workspace that never had a graph, as by Ctrl-C, the one that waited fails.
 * @throws whatever else keeps the graph from being made
 */
export async function despiteAbandoned<Graph>(create: () => Promise<Graph>): Promise<Graph> {
  try {
    return await create();
  } catch (error) {
    if (!ABANDONED.test(String(error))) throw error;
    return create();
  }
}
