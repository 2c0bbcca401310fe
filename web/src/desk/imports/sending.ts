// Sending a file to be read. It is kept while the desk is open, so that it can be read again in another way without being chosen again.
import { ref } from 'vue';
import { useRouter } from 'vue-router';
import type { AnswerOf } from '../../shared/server/types.ts';
import { useAttempt } from '../../shared/attempt.ts';
import { importPath } from '../paths.ts';
import { refresh } from '../queries.ts';
import { send } from '../server.ts';
import type { Import, Mapping } from './import.ts';

export type How = Pick<Import, 'mode' | 'selector'> & { columns?: Mapping };

/** As the server takes it. */
const mostBytes = 134_217_728;
const sendSeconds = 900;
const kept = new Map<string, File>();

/** The file that an import came from, where it was sent from here. */
export const fileOf = (id: string): File | undefined => kept.get(id);

/** Null where it can be sent. A file that was saved anew after it was chosen cannot be read any more. */
async function faultOf(file: File): Promise<'large' | 'moved' | null> {
  if (file.size > mostBytes) return 'large';
  try {
    await file.slice(0, 1).arrayBuffer();
    return null;
  } catch {
    return 'moved';
  }
}

function formOf(file: File, { mode, selector, columns }: How): FormData {
  const form = new FormData();
  form.set('mode', mode);
  if (selector) form.set('selector', JSON.stringify(selector));
  if (columns) form.set('columns', JSON.stringify(columns));
  form.set('file', file, file.name);
  return form;
}

/** The page of the import that it becomes is opened; with `inPlace` instead of the present one. */
export function useSending() {
  const router = useRouter();
  const { busy, error, attempt, again } = useAttempt();
  const fault = ref<'large' | 'moved' | null>(null);

  async function read(file: File, how: How, inPlace = false): Promise<void> {
    fault.value = await faultOf(file);
    if (fault.value !== null) return;
    await attempt(async () => {
      const one = await send<AnswerOf<'postImports'>>('/imports', undefined, {
        form: () => formOf(file, how),
        seconds: sendSeconds,
      });
      kept.set(one.id, file);
      void refresh();
      await router[inPlace ? 'replace' : 'push'](importPath(one.id));
    });
  }

  return { busy, error, fault, read, again };
}
export type Sending = ReturnType<typeof useSending>;
