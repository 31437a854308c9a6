fetch("http://203.0.113.7/own-worker-fetch", { mode: "no-cors" }).catch(() => {});
try {
  importScripts("http://203.0.113.7/own-worker-import");
} catch {
  // Refused.
}
