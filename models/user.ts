// Users and their dated scopes: role × areas × task force. An evidence is judged by the scopes its sender held.
import { defineModel, part } from './model.ts';

export const roles = ['merchant', 'inspector', 'staff', 'approver', 'auditor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** `from` ≤ t < `to`. Without a task force it covers all categories of its areas. */
export type Scope = { areas: string[]; taskForce: string | null; from: Date; to: Date | null };

export type User = {
  _id: string;
  username: string;
  name: string;
  role: Role;
  scopes: Scope[];
  /** Shops and market sites that a merchant's account stands for. */
  merchants: string[];
  sites: string[];
  passwordHash: string;
  passwordChangedAt: Date;
  disabled: boolean;
  /** Tokens issued for an older epoch are void: it rises with password, role and disabling. */
  epoch: number;
  createdAt: Date;
  rev: number;
};

export const UserModel = defineModel<User>(
  'users',
  {
    username: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, enum: roles, required: true },
    scopes: {
      type: [
        part({
          areas: { type: [String], required: true },
          taskForce: { type: String, default: null },
          from: { type: Date, required: true },
          to: { type: Date, default: null },
        }),
      ],
      required: true,
    },
    merchants: { type: [String], required: true },
    sites: { type: [String], required: true },
    passwordHash: { type: String, required: true },
    passwordChangedAt: { type: Date, required: true },
    disabled: { type: Boolean, required: true },
    epoch: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    rev: { type: Number, required: true },
  },
  [{ fields: { username: 1 }, unique: true, serves: 'login; no two users of one name' }],
);
