// Mocha's usual report, and the counts written to a file for whoever has started the tests.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { stats } = runner;
    runner.once('end', () => {
      const { passes, failures, pending } = stats;
      writeFileSync(process.env.TEST_COUNTS_FILE, JSON.stringify({ passes, failures, pending }));
    });
  }
};
