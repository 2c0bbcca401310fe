// What has been started is stopped in the opposite order, once, whether the end is a signal, a refusal or a failure.

type Step = () => Promise<void>;

export class Shutdown {
  readonly #steps: Step[] = [];
  #running: Promise<void> | undefined;

  get underWay(): boolean {
    return this.#running !== undefined;
  }

  /** Called right after something was started: how to stop it. When the end has come meanwhile it is stopped at once. */
  async defer(step: Step): Promise<void> {
    if (this.underWay) {
      await step();
      throw new Error('told to stop while starting');
    }
    this.#steps.push(step);
  }

  run(): Promise<void> {
    this.#running ??= this.#stopAll();
    return this.#running;
  }

  async #stopAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.reverse()) {
      // One that cannot be stopped does not keep the others from it.
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be stopped in order');
  }
}
