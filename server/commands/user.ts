// npm run user -- add NAME --role ROLE …: accounts from the operator's terminal, the first admin among them.
import { parseArgs } from 'node:util';
import { type Role, roles, type User, UserModel } from '../../models/user.ts';
import { systemActor } from '../domain/actor.ts';
import { addUser, changeUser } from '../domain/users.ts';
import { ids } from '../lib/ids.ts';
import { withDatabase } from './with-database.ts';

const usage = `npm run user -- add NAME --role ${roles.join('|')} [--name "DISPLAY NAME"] [--areas 230104,…] [--task-force KEY]
npm run user -- password NAME     a new password, printed once
npm run user -- disable NAME · enable NAME
npm run user -- list
The password is USER_PASSWORD where that is set; otherwise one is made and printed.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    role: { type: 'string' },
    name: { type: 'string' },
    areas: { type: 'string' },
    'task-force': { type: 'string' },
  },
});
const [act, username = ''] = positionals;

await withDatabase(async ({ userPassword }) => {
  const password = userPassword ?? ids.secret(15);
  const told = userPassword === undefined ? password : 'the one in USER_PASSWORD';
  switch (act) {
    case 'add': {
      const role = roles.find((one) => one === values.role);
      if (username === '' || role === undefined) break;
      const areas = values.areas?.split(',') ?? [];
      if (areas.length === 0 && needsAreas(role)) {
        console.error(`A ${role} needs --areas, for example --areas 230104.`);
        return 1;
      }
      const scopes = areas.length > 0 ? [{ areas, taskForce: values['task-force'] ?? null }] : [];
      await addUser(systemActor, {
        username,
        name: values.name ?? username,
        role,
        password,
        scopes,
        merchants: [],
        sites: [],
      });
      console.log(`Added ${username} (${role}). Password: ${told}`);
      return 0;
    }
    case 'password': {
      const user = await named(username);
      await changeUser(systemActor, user._id, user.rev, { password });
      console.log(`Password of ${username}: ${told}`);
      return 0;
    }
    case 'disable':
    case 'enable': {
      const user = await named(username);
      await changeUser(systemActor, user._id, user.rev, { disabled: act === 'disable' });
      console.log(`${username} is ${act}d.`);
      return 0;
    }
    case 'list': {
      const users = await UserModel.find().sort({ username: 1 }).lean<User[]>();
      for (const { username: name, role, disabled, scopes } of users)
        console.log(
          [name, role, disabled ? 'disabled' : 'active', scopes.flatMap(({ areas }) => areas).join(',')].join(
            '\t',
          ),
        );
      return 0;
    }
    default:
  }
  console.error(usage);
  return 1;
});

function needsAreas(role: Role): boolean {
  return role !== 'admin' && role !== 'merchant';
}

async function named(name: string): Promise<User> {
  const user = await UserModel.findOne({ username: name }).lean<User>();
  if (!user) throw new Error(`There is no user ${name}.`);
  return user;
}
