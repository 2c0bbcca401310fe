// Photos as they are sent, and what a refused one must not leave behind.
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { PhotoBlobModel, PhotoHoldingModel } from '../../models/photo.ts';
import { environment } from '../../server/domain/environment.ts';
import { testConfig } from './app.ts';
import type { Person } from './world.ts';

export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
export const stagingPlace = () => join(testConfig().uploadsDir, '.incoming');
export const staged = () => readdir(stagingPlace());

/** As soon as it is so, within five seconds: what is cut off is removed behind the answer. */
export async function expectStaged(count: number): Promise<void> {
  const deadline = Date.now() + 5_000;
  while ((await staged()).length !== count && Date.now() < deadline) await pause(10);
  expect(await staged()).to.have.length(count);
}

/** All in one request. */
export function sendPhotos({ api }: Person, pictures: Buffer[]) {
  const sending = api.post('/photos');
  pictures.forEach((bytes, i) => void sending.attach('photo', bytes, `${i}.jpg`));
  return sending;
}

export async function expectNothingLeft(bytes: Buffer): Promise<void> {
  await expectStaged(0);
  const sha256 = sha256Of(bytes);
  expect(await PhotoBlobModel.countDocuments({ _id: sha256 })).to.equal(0);
  expect(await PhotoHoldingModel.countDocuments({ sha256 })).to.equal(0);
  expect(await environment().storage.has(sha256)).to.equal(false);
}
