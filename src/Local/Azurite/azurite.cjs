// Runs Azurite for as long as the relay that started it lives.
"use strict";

// The relay holds the other end of standard input. When it ends, however it ends, so does Azurite.
process.stdin.resume().once("end", () => process.exit(0));

// Ctrl-C reaches both processes at once; the relay finishes its work first, and then closes standard input.
const once = process.once;
process.once = function (event, listener) {
  return event === "SIGINT" ? this.on(event, () => {}) : once.call(this, event, listener);
};

require("azurite/dist/src/azurite.js");
