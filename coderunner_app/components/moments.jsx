// Moments as people read them: in the time zone of their browser, and counting on without asking the server.
import React, { useEffect, useReducer, useState } from "react";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

let ahead = 0; // how far this device's clock is ahead of the server's
const watchers = new Set();
let ticker = null;

const serverNow = () => Date.now() - ahead;

/** Draws again every second, with one timer for all that count. */
function useTick() {
  const [, redraw] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    watchers.add(redraw);
    ticker ??= setInterval(() => watchers.forEach((watcher) => watcher()), SECOND_MS);
    return () => {
      watchers.delete(redraw);
      if (watchers.size) return;
      clearInterval(ticker);
      ticker = null;
    };
  }, []);
}

/** Learns what time it is at the server. */
export function Clock({ now }) {
  useEffect(() => {
    if (now) ahead = Date.now() - now;
  }, [now]);
  return null;
}

export function span(ms, coarse) {
  if (ms >= DAY_MS) return `${Math.floor(ms / DAY_MS)} d`;
  if (ms >= HOUR_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  if (ms >= MINUTE_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  return coarse ? "<1 min" : `${Math.max(0, Math.floor(ms / SECOND_MS))} s`;
}

/** How long ago something was. */
export function Ago({ at, coarse = false }) {
  useTick();
  return at ? <span className="ago">{span(serverNow() - at, coarse)}</span> : null;
}

/** Tells the page once when a moment has come. */
export function Alarm({ at, onDue }) {
  useEffect(() => {
    if (!at) return undefined;
    const timer = setTimeout(onDue, Math.min(LONGEST_TIMER_MS, Math.max(0, at - serverNow()) + SECOND_MS));
    return () => clearTimeout(timer);
  }, [at]);
  return null;
}

const near = { weekday: "short", hour: "2-digit", minute: "2-digit" };
const far = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };

function local(at) {
  const moment = new Date(at);
  return moment.toLocaleString([], Math.abs(moment - Date.now()) < 6 * DAY_MS ? near : far);
}

/** A moment in the reader's own time zone; ``full`` with its date, for what is kept or printed. */
export function LocalTime({ at, full = false }) {
  if (!at) return null;
  const moment = new Date(at);
  return (
    <time dateTime={moment.toISOString()} title={moment.toLocaleString()}>
      {full ? moment.toLocaleString([], { dateStyle: "medium", timeStyle: "short" }) : local(at)}
    </time>
  );
}

/** Whether something set is done, overdue, or due when. */
export function Due({ at, done }) {
  useTick();
  if (done) return <span className="chip ok">✓ Done</span>;
  if (!at) return <span className="chip soft">Open</span>;
  const late = serverNow() > at;
  return (
    <span className={late ? "chip bad" : "chip try"}>
      {late ? "! Overdue since " : "Due "}
      <LocalTime at={at} />
    </span>
  );
}

const two = (number) => String(number).padStart(2, "0");

function forInput(moment) {
  if (!moment) return "";
  const at = new Date(moment);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A field for a moment: typed in the browser's time zone, sent in UTC. */
export function MomentInput({ name, at, label }) {
  const [typed, setTyped] = useState(forInput(at));
  useEffect(() => setTyped(forInput(at)), [at]);
  const moment = typed ? new Date(typed) : null;
  const value = moment && !Number.isNaN(moment.getTime()) ? moment.toISOString() : "";
  return (
    <div className="field">
      <label htmlFor={`${name}-local`}>{label}</label>
      <input id={`${name}-local`} type="datetime-local" value={typed} onChange={(event) => setTyped(event.target.value)} />
      <input type="hidden" name={name} value={value} readOnly />
    </div>
  );
}
