// What this deployment knows about itself: how far the demonstration list has come to be.
import { defineModel } from './model.ts';

export type Deployment = {
  _id: 'demo';
  state: 'seeding' | 'seeded';
  accounts: string[];
  /** Who fills it, and when it was last heard of. */
  host: string;
  pid: number;
  at: Date;
};

export const DeploymentModel = defineModel<Deployment>('deployments', {
  state: { type: String, enum: ['seeding', 'seeded'], required: true },
  accounts: { type: [String], required: true },
  host: { type: String, required: true },
  pid: { type: Number, required: true },
  at: { type: Date, required: true },
});
