// Shows what the events say. Every text comes from Leases that anybody may have written, so it is
// set as textContent, never as markup.
"use strict";

const COLORS = 10;
const RETRY_MILLIS = 3000;
const MARKS = { "draining": "→", "holder silent": "?", "holder dead": "✕" };
const STATES = { "led": "led", "draining": "draining", "holder silent": "silent", "holder dead": "dead", "unled": "unled" };
const TROUBLE = ["silent", "dead", "unled"];

let names = new Map(); // the members' names by their letters
let buckets = { layouts: [], omitted: 0 };
let chosen = null; // what the line of details is about
let told = ""; // what the replica has to complain of
let lost = ""; // that nothing comes from it

const byId = id => document.getElementById(id);

function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function dress(element, classes) {
  if (element.className !== classes) {
    element.className = classes;
  }
}

function add(parent, tag, classes) {
  const element = document.createElement(tag);
  element.className = classes || "";
  return parent.appendChild(element);
}

/** Makes the children of an element one for each item, and keeps those that are there. */
function each(parent, items, tag, make, fill) {
  while (parent.children.length > items.length) {
    parent.lastElementChild.remove();
  }
  items.forEach((item, i) => {
    const child = parent.children[i] || add(parent, tag);
    if (!child.parts) {
      child.parts = make(child);
    }
    fill(child.parts, item, i);
  });
}

const color = number => number < 0 ? "" : " c" + number % COLORS;

function time(millis) {
  if (millis < 1000) {
    return millis + " ms";
  }
  return millis < 120000 ? (millis / 1000).toFixed(1) + " s" : Math.round(millis / 60000) + " min";
}

// ---- members ----

function makeMember(li) {
  const swatch = add(li, "span");
  const text = add(li, "div");
  const parts = { swatch, name: add(text, "b"), state: add(text, "p") };
  parts.left = add(text, "progress");
  return parts;
}

function fillMember(parts, member) {
  dress(parts.swatch, "cell" + (member.trouble ? " dead" : member.state === "draining" ? " draining" : "") + color(member.color));
  say(parts.swatch, member.letter);
  say(parts.name, (member.name || "(no name)") + (member.self ? " (this one)" : ""));
  dress(parts.state, member.trouble ? "bad" : "quiet");
  say(parts.state, member.state + ", " + count(member.led, "bucket") + ", "
      + (member.leftMillis > 0 ? Math.ceil(member.leftMillis / 1000) + " s left" : "no time left"));
  parts.left.max = Math.max(1, member.ofMillis);
  parts.left.value = member.leftMillis;
  parts.left.setAttribute("aria-label", "time left");
}

const count = (number, thing) => number + " " + thing + (number === 1 ? "" : "s");

// ---- buckets ----

function makeLayout(section) {
  return { title: add(section, "h3"), loads: add(section, "p", "quiet"), queue: add(section, "p", "quiet"), grid: add(section, "div", "grid") };
}

function fillLayout(parts, layout) {
  say(parts.title, layout.controller);
  const loads = new Map();
  layout.buckets.forEach(bucket => bucket.letter && loads.set(bucket.letter, (loads.get(bucket.letter) || 0) + 1));
  const shares = [...loads].sort().map(([letter, led]) => letter + " " + led).join(", ");
  say(parts.loads, count(layout.count, "bucket") + (layout.wanted ? "" : ", run by no member") + (shares ? ": " + shares : ""));
  parts.queue.dataset.controller = layout.controller;
  each(parts.grid, layout.buckets, "button", cell => {
    cell.type = "button";
    cell.addEventListener("click", () => {
      chosen = cell;
      say(byId("detail"), cell.getAttribute("aria-label"));
    });
    return { cell, index: add(cell, "small"), label: add(cell, "span") };
  }, (parts, bucket, i) => fillCell(parts, layout, bucket, i));
}

function fillCell({ cell, index: number, label }, layout, bucket, index) {
  const state = STATES[bucket.state];
  dress(cell, "cell " + (state === "unled" && !layout.wanted ? "unwanted" : state) + color(bucket.color));
  say(number, index + "");
  say(label, bucket.letter ? bucket.letter + (MARKS[bucket.state] || "") : "–");
  const holder = bucket.letter ? ", holder " + bucket.letter + " " + (names.get(bucket.letter) || "") : "";
  const epoch = bucket.epoch ? ", epoch " + bucket.epoch : "";
  const since = bucket.since ? ", since " + bucket.since : "";
  const detail = layout.controller + " " + index + " of " + layout.count + ": " + bucket.state + holder + epoch + since;
  if (cell.getAttribute("aria-label") !== detail) {
    cell.setAttribute("aria-label", detail);
    cell.title = detail;
  }
  if (cell === chosen) {
    say(byId("detail"), detail);
  }
}

function showBuckets() {
  each(byId("layouts"), buckets.layouts, "section", makeLayout, fillLayout);
  const states = { led: 0 };
  let all = 0;
  buckets.layouts.filter(layout => layout.wanted).forEach(layout => layout.buckets.forEach(bucket => {
    all++;
    states[bucket.state] = (states[bucket.state] || 0) + 1;
  }));
  const there = Object.keys(STATES).filter(state => states[state]);
  const summary = states.led !== all ? "Of " + count(all, "bucket") + ": " + there.map(state => states[state] + " " + state).join(", ")
      : all ? "All " + count(all, "bucket") + " led" : "No member runs a controller";
  const left = buckets.omitted ? " (" + count(buckets.omitted, "controller") + " more not shown)" : "";
  say(byId("summary"), summary + left + ".");
  dress(byId("summary"), !all || there.some(state => TROUBLE.includes(STATES[state])) ? "bad" : "");
}

// ---- moves ----

function makeMove(li) {
  const bucket = add(li, "span", "bucket");
  const way = add(li, "span");
  const parts = { bucket, from: add(way, "span") };
  way.append(" → ");
  parts.to = add(way, "span");
  parts.cause = add(li, "span");
  parts.ago = add(li, "span", "quiet");
  return parts;
}

function fillMove(parts, move) {
  say(parts.bucket, move.bucket);
  dress(parts.from, "cell" + color(move.fromColor));
  say(parts.from, move.from || "–");
  parts.from.title = move.fromName;
  dress(parts.to, "cell" + color(move.toColor));
  say(parts.to, move.to || "–");
  parts.to.title = move.toName;
  say(parts.cause, move.cause + (move.unledMillis === null || move.unledMillis === undefined ? "" : ", unled for " + time(move.unledMillis)));
  say(parts.ago, time(Math.max(1000, Math.floor(move.agoMillis / 1000) * 1000)).replace(".0", "") + " ago");
}

// ---- events ----

function showTrouble() {
  const text = lost || told;
  say(byId("trouble"), text);
  byId("trouble").hidden = !text;
}

function onStatus(status) {
  told = status.trouble;
  lost = "";
  showTrouble();
  say(byId("replica"), status.replica || "a replica that has not joined yet");
  if (status.stale) {
    return;
  }
  names = new Map(status.members.map(member => [member.letter, member.name]));
  each(byId("members"), status.members, "li", makeMember, fillMember);
  each(byId("moves"), status.moves, "li", makeMove, fillMove);
  byId("no-moves").hidden = status.moves.length > 0;
  const queues = new Map(status.queues.map(queue => [queue.controller, queue]));
  document.querySelectorAll("#layouts > section").forEach(section => {
    const queue = queues.get(section.parts.queue.dataset.controller);
    say(section.parts.queue, queue ? "Keys on this replica: " + queue.queued + " queued, " + queue.running + " running, " + queue.delayed + " for later" : "");
  });
}

function onBuckets(news) {
  buckets = news;
  say(byId("component"), news.component);
  document.title = news.component + " – Leasehold";
  showBuckets();
}

function follow() {
  const events = new EventSource("live/events");
  events.addEventListener("status", event => onStatus(JSON.parse(event.data)));
  events.addEventListener("buckets", event => onBuckets(JSON.parse(event.data)));
  events.onerror = () => {
    lost = "This replica doesn't answer, or too many windows show its page: what is shown is old. Trying again.";
    showTrouble();
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(follow, RETRY_MILLIS);
    }
  };
}

follow();
