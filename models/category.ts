// Categories of essential business, with the GB/T 4754 classes they cover and the task force that leads them.
import { defineModel } from './model.ts';
import { type Words, words } from './words.ts';

export type Category = {
  _id: string;
  name: Words;
  gbt4754: string[];
  leadDepartment: string;
  taskForce: string;
};

export const CategoryModel = defineModel<Category>('categories', {
  name: { type: words, required: true },
  gbt4754: { type: [String], required: true },
  leadDepartment: { type: String, required: true },
  taskForce: { type: String, required: true },
});
