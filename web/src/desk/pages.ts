// The desk's pages: where they stand in the rail, and who works with them. The server judges anew whatever is asked.
import type { IconName } from '../shared/icons.ts';
import type { User } from './server.ts';

type Role = User['role'];
export type PageName =
  | 'today'
  | 'list'
  | 'imports'
  | 'adjustments'
  | 'objections'
  | 'visits'
  | 'orders'
  | 'overview'
  | 'users'
  | 'checklists'
  | 'settings'
  | 'audit';
export type DeskPage = {
  name: PageName;
  path: string;
  icon: [still: IconName, here: IconName];
  roles: Role[];
  group: 1 | 2 | 3 | 4;
};

const deciders: Role[] = ['staff', 'approver'];
const readers: Role[] = [...deciders, 'auditor'];

export const pages: DeskPage[] = [
  {
    name: 'today',
    path: '/today',
    icon: ['sun-horizon-regular', 'sun-horizon-fill'],
    roles: deciders,
    group: 1,
  },
  {
    name: 'list',
    path: '/list',
    icon: ['list-checks-regular', 'list-checks-fill'],
    roles: readers,
    group: 1,
  },
  {
    name: 'imports',
    path: '/imports',
    icon: ['tray-arrow-down-regular', 'tray-arrow-down-fill'],
    roles: ['staff'],
    group: 1,
  },
  {
    name: 'adjustments',
    path: '/adjustments',
    icon: ['swap-regular', 'swap-fill'],
    roles: readers,
    group: 1,
  },
  {
    name: 'objections',
    path: '/objections',
    icon: ['gavel-regular', 'gavel-fill'],
    roles: readers,
    group: 1,
  },
  {
    name: 'visits',
    path: '/visits',
    icon: ['footprints-regular', 'footprints-fill'],
    roles: readers,
    group: 2,
  },
  {
    name: 'orders',
    path: '/orders',
    icon: ['clock-countdown-regular', 'clock-countdown-fill'],
    roles: readers,
    group: 2,
  },
  {
    name: 'overview',
    path: '/overview',
    icon: ['chart-bar-horizontal-regular', 'chart-bar-horizontal-fill'],
    roles: readers,
    group: 3,
  },
  {
    name: 'audit',
    path: '/audit',
    icon: ['fingerprint-regular', 'fingerprint-fill'],
    roles: ['auditor', 'admin'],
    group: 3,
  },
  {
    name: 'users',
    path: '/users',
    icon: ['users-three-regular', 'users-three-fill'],
    roles: ['admin'],
    group: 4,
  },
  {
    name: 'checklists',
    path: '/checklists',
    icon: ['clipboard-text-regular', 'clipboard-text-fill'],
    roles: [...readers, 'admin'],
    group: 4,
  },
  {
    name: 'settings',
    path: '/settings',
    icon: ['gear-regular', 'gear-fill'],
    roles: [...readers, 'admin'],
    group: 4,
  },
];

export const pagesOf = (role: Role): DeskPage[] => pages.filter(({ roles }) => roles.includes(role));
