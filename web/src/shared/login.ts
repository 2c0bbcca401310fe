// What a login may come to, and the words of its form.
export type LoginRefused = 'wrong' | 'too-many' | 'offline' | 'not-inspector';
export type Login = (username: string, password: string) => Promise<'ok' | LoginRefused>;
type Said = 'username' | 'password' | 'show' | 'act' | 'acting' | 'missing' | 'failed';
/** Of the form, and of each way in which this login may be refused. */
export type LoginWords = Record<Said | Exclude<LoginRefused, 'not-inspector'>, string> & {
  'not-inspector'?: string;
};
