// A program's output while it arrives. Pieces come as raw deltas of the page's state: the store tells its listeners at
// once, before React gathers renders, so none is lost; and they are written straight into the document, in blocks that
// the browser skips while they are out of sight, so that the largest output stays fluid.
import React, { useContext, useEffect, useRef } from "react";
import { StateStoreContext } from "$/utils/context-registry";

const BLOCK_CHARS = 4000;
const FRAME_MS = 16;
const ATTEMPT = 1000000; // numbers of a second attempt, after a worker died, begin there
const STASHED_RUNS = 3;
const CHECK_MS = 10000; // news comes by itself; this is for news that was lost
const AT_END_PX = 24;

class Screen {
  constructor(host) {
    this.host = host;
    this.pending = [];
    this.last = 0;
    this.frame = null;
    this.clear();
  }

  clear() {
    this.pending = [];
    this.host.replaceChildren();
    this.block = this.span = null;
    this.size = 0;
    this.printed = { stdout: 0, stderr: 0 };
  }

  add(stream, text) {
    this.printed[stream] += text.length;
    this.pending.push([stream, text]);
    if (this.frame !== null) return;
    const wait = FRAME_MS - (performance.now() - this.last);
    if (wait <= 0) this.flush();
    else this.frame = setTimeout(() => this.flush(), wait);
  }

  flush() {
    clearTimeout(this.frame);
    this.frame = null;
    this.last = performance.now();
    const { scrollTop, scrollHeight, clientHeight } = this.host;
    const atEnd = scrollHeight - scrollTop - clientHeight < AT_END_PX;
    for (const [stream, text] of this.pending.splice(0)) this.write(stream, text);
    if (atEnd) this.host.scrollTop = this.host.scrollHeight;
  }

  write(stream, text) {
    for (let rest = text; rest; ) {
      if (!this.block) this.begin();
      const end = rest.indexOf("\n", Math.max(0, BLOCK_CHARS - this.size));
      const piece = end < 0 ? rest : rest.slice(0, end + 1);
      if (this.span?.className !== stream) {
        this.span = document.createElement("span");
        this.span.className = stream;
        this.block.append(this.span);
      }
      this.span.append(piece);
      this.size += piece.length;
      rest = rest.slice(piece.length);
      if (this.size >= BLOCK_CHARS && piece.endsWith("\n")) this.block = null;
    }
  }

  begin() {
    this.block = document.createElement("div");
    this.span = null;
    this.size = 0;
    this.host.append(this.block);
  }
}

/** Puts pieces into order: each once, none of another run, those that came too early later. */
class Tape {
  constructor(screen, onReplay) {
    Object.assign(this, { screen, onReplay, run: null, last: -1, stash: new Map(), asked: null });
  }

  replace({ run, chunks }) {
    if (!run) {
      this.run = null;
      return this.screen.clear();
    }
    this.run = run;
    this.last = -1;
    this.screen.clear();
    for (const { seq, stream, text } of chunks) {
      this.screen.add(stream, text);
      this.last = seq < 0 ? Infinity : seq; // negative: all of it, as it was stored
    }
    for (const chunk of this.stash.get(run) ?? []) this.take(chunk);
    this.stash.delete(run);
  }

  take(chunk) {
    if (!chunk?.run) return;
    if (chunk.run !== this.run) {
      if (!this.stash.has(chunk.run) && this.stash.size >= STASHED_RUNS) this.stash.clear();
      this.stash.set(chunk.run, [...(this.stash.get(chunk.run) ?? []), chunk]);
      return;
    }
    if (chunk.seq <= this.last) return;
    if (this.last >= 0 && Math.floor(chunk.seq / ATTEMPT) > Math.floor(this.last / ATTEMPT)) this.screen.clear();
    this.last = chunk.seq;
    this.screen.add(chunk.stream, chunk.text);
  }

  check(expected) {
    if (!expected?.run || expected.run !== this.run || this.asked === this.run) return;
    const { stdout, stderr } = this.screen.printed;
    if (stdout >= expected.stdout && stderr >= expected.stderr) return;
    this.asked = this.run;
    this.onReplay(this.run);
  }
}

export function Console({ state, active, label, onReplay, onCheck }) {
  const host = useRef(null);
  const store = useContext(StateStoreContext);
  const handlers = useRef({});
  handlers.current = { onReplay, onCheck };

  useEffect(() => {
    const screen = new Screen(host.current);
    const tape = new Tape(screen, (run) => handlers.current.onReplay(run));
    const seen = {};
    const changed = (name, take) => {
      const value = store.getSnapshot(state)?.[name + "_rx_state_"];
      if (value === undefined || value === seen[name]) return;
      seen[name] = value;
      take(value);
    };
    const look = () => {
      changed("console", (value) => tape.replace(value));
      changed("chunk", (value) => tape.take(value));
      changed("expected", (value) => tape.check(value));
    };
    look();
    return store.subscribe(state, look);
  }, [state, store]);

  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => handlers.current.onCheck(), CHECK_MS);
    return () => clearInterval(timer);
  }, [active]);

  return <div className="console" ref={host} tabIndex={0} role="region" aria-label={label} data-testid="console" />;
}
