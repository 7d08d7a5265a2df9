/** What makes Nx begin sooner, and build the same wherever it is begun. */
export const nxEnvironment = {
  // Nx runs each plugin in a process of its own, which costs seconds before anything is built. These
  // are known to get along in one.
  NX_ISOLATE_PLUGINS: 'false',
  // Vite's plugin sets it to "development" in that one process, with which Next.js builds nothing
  // that works; what is set stays.
  NODE_ENV: 'production',
};
