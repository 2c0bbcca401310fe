// Exports of the list as their callers get them: the bytes.
import { buffer } from 'node:stream/consumers';
import type supertest from 'supertest';
import type { Person } from './world.ts';

const asBytes = (response: supertest.Response, done: (error: Error | null, body: Buffer) => void) => {
  void buffer(response as unknown as NodeJS.ReadableStream).then((bytes) => {
    done(null, bytes);
  });
};

export async function exported({ api }: Person, query: string, language = 'zh'): Promise<Buffer> {
  const response = await api
    .get(`/merchants/export?${query}`)
    .set({ 'Accept-Language': language, 'Accept-Encoding': 'identity' })
    .buffer(true)
    .parse(asBytes as never)
    .expect(200);
  return response.body as Buffer;
}
