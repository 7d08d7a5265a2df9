// Imported before anything else: what it sets makes every command begin sooner.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// What Node compiles is kept, so that the next command need not compile it again.
enableCompileCache(join(import.meta.dirname, '../../../.todo/compile-cache'));

// Nx runs each plugin in a process of its own, which costs seconds before anything is done. These
// plugins are known to get along in one: the project graph is ready in a third of the time.
process.env['NX_ISOLATE_PLUGINS'] ??= 'false';
