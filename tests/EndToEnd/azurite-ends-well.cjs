// Loaded into Azurite, which would end while it still answers, and forget what it then says that it has taken.
"use strict";

const http = require("http");
const { emit } = http.Server.prototype;
const { once } = process;
let answering = 0;
let end = null;

// Asked to end, it takes no more requests, and ends when the last one is answered.
http.Server.prototype.emit = function (event, request, response) {
  if (event !== "request") return emit.apply(this, arguments);
  if (end) return request.socket.destroy();
  answering++;
  response.once("close", () => {
    answering--;
    if (end && answering === 0) end();
  });
  return emit.apply(this, arguments);
};

process.once = function (event, listener) {
  return once.call(this, event, event !== "SIGTERM" ? listener : () => {
    end = listener;
    if (answering === 0) end();
  });
};
