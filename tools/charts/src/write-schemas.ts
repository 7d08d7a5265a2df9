import { writeFileSync } from 'node:fs';
import { schemaFile, schemaFiles } from './schema-files.ts';

for (const [chart, text] of Object.entries(await schemaFiles())) {
  writeFileSync(schemaFile(chart), text);
}
