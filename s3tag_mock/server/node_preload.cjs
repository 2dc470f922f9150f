// Loaded into Node processes by NODE_OPTIONS: Node asks no proxy, so names are looked up as the proxy would have it.
"use strict";

const dns = require("node:dns");

const OWN = /(^|\.)s3tag-mock\.test$|(^|\.)localhost$/i;
const AWS = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|amazonaws\.eu|api\.amazonwebservices\.(com\.cn|eu))$/i;

function refusal(host) {
  const error = new Error(
    `Something was about to connect to ${host} while s3tag_mock is active; nothing was sent. ` +
      "Leave the client's endpoint to AWS_ENDPOINT_URL."
  );
  return Object.assign(error, { code: "ENOTFOUND", hostname: host, syscall: "getaddrinfo" });
}

function wrapped(lookup) {
  return function (host, options, callback) {
    const done = typeof options === "function" ? options : callback;
    const wanted = typeof options === "object" && options !== null ? options : {};
    if (OWN.test(host) && host.toLowerCase() !== "localhost") {
      const found = { address: "127.0.0.1", family: 4 };
      return process.nextTick(() =>
        wanted.all ? done(null, [found]) : done(null, found.address, found.family)
      );
    }
    if (AWS.test(host)) return process.nextTick(() => done(refusal(host)));
    return lookup.call(this, host, options, callback);
  };
}

dns.lookup = wrapped(dns.lookup);
const lookupLater = dns.promises.lookup;
dns.promises.lookup = async function (host, options) {
  if (AWS.test(host)) throw refusal(host);
  if (OWN.test(host) && host.toLowerCase() !== "localhost") {
    const found = { address: "127.0.0.1", family: 4 };
    return options && options.all ? [found] : found;
  }
  return lookupLater.call(this, host, options);
};
