// Acting on a fix order, with the network only: whether it is closed is the server's to say.
import { v7 as uuid } from 'uuid';
import type { Api } from '../../shared/server/api.ts';
import type { Problem } from './contract.ts';

export async function actOnOrder(
  api: Api,
  id: string,
  act: 'verify' | 'return',
  body: { note?: string },
): Promise<'done' | 'offline' | 'login' | Problem> {
  const answer = await api.ask(`/orders/${id}/${act}`, {
    method: 'POST',
    json: body,
    headers: { 'Idempotency-Key': uuid() },
  });
  if (answer.kind === 'ok') return 'done';
  if (answer.kind === 'refused') return answer.problem;
  return answer.kind === 'login' ? 'login' : 'offline';
}
