// A reason not to start: one clear line for the person at the terminal, printed without a stack.

export class StartupRefusal extends Error {
  override name = 'StartupRefusal';
}
