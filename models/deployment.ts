// What this deployment knows about itself: how far the demonstration list has come to be.
import { defineModel } from './model.ts';

export type Deployment = { _id: 'demo'; state: 'seeding' | 'seeded'; accounts: string[]; at: Date };

export const DeploymentModel = defineModel<Deployment>('deployments', {
  state: { type: String, enum: ['seeding', 'seeded'], required: true },
  accounts: { type: [String], required: true },
  at: { type: Date, required: true },
});
