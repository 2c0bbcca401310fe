// npm run reference -- FILE.json: the areas, task forces, categories, sites and checklists that a district begins with.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { referenceFile } from '../../routes/reference.schema.ts';
import { systemActor } from '../domain/actor.ts';
import { loadReference, type ReferenceData } from '../domain/load-reference.ts';
import { bodyValidator } from '../http/schema.ts';
import { demonstrationGround } from '../seeds/ground-data.ts';
import { explainProblem, withDatabase } from './with-database.ts';

const usage = `npm run reference -- FILE.json          loads areas, task forces, categories, sites and checklists
npm run reference -- --demonstration    loads those of the demonstration (no sites, no merchants, no accounts)
What is on file already and equal is not written again, so a file may be loaded again. docs/reference.example.json shows its shape.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { demonstration: { type: 'boolean' } },
});

await withDatabase(async () => {
  const [file, ...more] = positionals;
  if (more.length > 0 || (file === undefined) !== (values.demonstration === true)) {
    console.error(usage);
    return 1;
  }
  const data = file === undefined ? demonstrationGround() : await readReference(file);
  if (!data) return 1;
  const { counts, refusals } = await loadReference(systemActor, data);
  for (const [part, { added, changed, unchanged }] of Object.entries(counts))
    if (added + changed + unchanged > 0)
      console.log(`${part}: ${added} added, ${changed} changed, ${unchanged} unchanged`);
  for (const { place, id, problem } of refusals)
    console.error(`Refused: ${place} (${id}): ${explainProblem(problem)}`);
  return refusals.length > 0 ? 1 : 0;
});

/** Null, and said why, where nothing of the file can be loaded. */
async function readReference(file: string): Promise<ReferenceData | null> {
  let data: unknown;
  try {
    data = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    console.error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
  const wrong = bodyValidator(referenceFile)(data, 'en');
  for (const { path, message } of wrong) console.error(`Wrong: ${path || '/'} ${message}`);
  if (wrong.length > 0) console.error('Nothing was loaded.');
  return wrong.length > 0 ? null : (data as ReferenceData);
}
