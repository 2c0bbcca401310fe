// Task forces (专班): who approves a trade supervises it. A merchant's lead task force follows from its category.
import { defineModel } from './model.ts';
import { type Words, words } from './words.ts';

export type TaskForce = { _id: string; name: Words; example: boolean };

export const TaskForceModel = defineModel<TaskForce>('taskforces', {
  name: { type: words, required: true },
  /** True for the labelled examples of the demonstration. */
  example: { type: Boolean, required: true },
});
