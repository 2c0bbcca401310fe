// npm run api-types: writes the types of the interface, made from the route table, for the pages that need script.
import './lib/check-node.mjs';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { tsImport } from 'tsx/esm/api';
import { root } from './lib/run.mjs';

const { openApi } = await tsImport('../server/app.ts', import.meta.url);
const shown = structuredClone(openApi);
// Every refusal is one and the same problem, which the pages know by heart.
for (const methods of Object.values(shown.paths)) {
  for (const { responses } of Object.values(methods)) {
    for (const status of Object.keys(responses)) if (Number(status) >= 400) delete responses[status];
  }
}
const text = astToString(await openapiTS(shown, { alphabetize: true }));
writeFileSync(path.join(root, 'web/src/shared/server/api-types.d.ts'), text);
process.exit(0);
