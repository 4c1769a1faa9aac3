// What is typed on a workspace page: held here while it is typed, sent to the server a moment later, and kept in the
// browser for as long as the server does not have it. The server's copy is only ever taken when nothing would be lost.
import { eventLoop } from "$/utils/context-registry";

const PAUSE_MS = 600; // after the last key
const RETRY_MS = 4000;
const FRESH_MS = 60000; // "just now"

const keyOf = (who, problem) => `coderunner:${who || "guest"}:${problem}`;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // Full or forbidden: the server's copy is the one that counts.
  }
}

class Desk {
  problem = "";
  who = "";
  source = "";
  stdin = "";
  starter = "";
  status = "idle"; // idle | local | saving | saved | failed
  reason = "";
  savedAt = 0;
  send = null;
  #draft = null;
  #version = 0;
  #serial = 0; // of the last change here
  #known = 0; // the last change that the server has
  #timer = null;
  #mostChars = Infinity;
  #blind = false; // begun while nobody could say what the server has
  #replaced = new Set();
  #watchers = new Set();

  /** Take what the server has, unless there is something here that it does not have. */
  open(draft) {
    if (!draft?.problem || draft === this.#draft) return;
    const same = this.#draft && draft.problem === this.problem && draft.who === this.who;
    this.#draft = draft;
    this.#mostChars = draft.most_chars;
    this.starter = draft.starter;
    if (same && this.#blind) return this.#see(draft);
    if (same) {
      if (this.#isUnsaved) return this.#save();
      if (draft.version > this.#version) this.#take(draft);
      this.#version = draft.version;
      return;
    }
    clearTimeout(this.#timer);
    Object.assign(this, { problem: draft.problem, who: draft.who, reason: "" });
    this.#version = draft.version;
    this.#serial = this.#known = Date.now(); // so that no answer to an earlier page is taken for one to this
    this.savedAt = Date.parse(draft.saved_at) || 0;
    this.#tell(draft.version ? "saved" : "idle");
    const kept = this.#kept(draft);
    this.#blind = Boolean(draft.unknown && !kept);
    this.#take(kept ?? draft);
    if (kept) this.#changed();
  }

  /** The server can be asked again: what it has comes first, and what was typed meanwhile follows, set aside. */
  #see(draft) {
    if (draft.unknown) return;
    this.#blind = false;
    this.#version = draft.version;
    this.savedAt = Date.parse(draft.saved_at) || 0;
    const typed = this.source;
    if (this.#isUnsaved && !draft.version) return this.#save();
    this.#take(draft);
    if (!this.#isUnsaved) return this.#tell(draft.version ? "saved" : "idle");
    const aside = typed.trimEnd().split("\n").map((line) => `# ${line}`);
    this.replace("source", `${draft.source.trimEnd()}\n\n# Typed while the server was away:\n${aside.join("\n")}\n`);
  }

  /** The text of the program or of the input, as it may be sent: far too much is cut, and refused by the server. */
  text(part) {
    return this[part].slice(0, this.#mostChars);
  }

  typed(part, text) {
    if (this[part] === text) return;
    this[part] = text;
    this.#changed();
  }

  /** Put something else onto the page, as if it had been typed. */
  replace(part, text) {
    this.typed(part, text);
    this.#replaced.forEach((listener) => listener(part));
  }

  answered(saved) {
    if (saved?.problem !== this.problem || saved.serial <= this.#known || saved.serial > this.#serial) return;
    clearTimeout(this.#timer);
    if (saved.again) {
      this.#tell("failed");
      this.#later(RETRY_MS);
      return;
    }
    if (saved.trouble) {
      this.#tell("failed", saved.trouble);
      return;
    }
    this.#known = saved.serial;
    this.#version = saved.version;
    this.savedAt = Date.now();
    if (!this.#isUnsaved) {
      write(keyOf(this.who, this.problem), null);
      this.#tell("saved");
    } else {
      this.#later(PAUSE_MS);
    }
  }

  onReplaced(listener) {
    this.#replaced.add(listener);
    return () => this.#replaced.delete(listener);
  }

  watch(listener) {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  get isFresh() {
    return Date.now() - this.savedAt < FRESH_MS;
  }

  get #isUnsaved() {
    return this.#serial > this.#known;
  }

  /** Save now what is not saved: the page is about to go. */
  flush() {
    if (this.who && this.#isUnsaved) this.#save();
  }

  /** The same, for an event that is to follow the save. */
  flushed() {
    this.flush();
    return true;
  }

  /** Something that was typed here, or before signing in, and that the server does not have. */
  #kept(draft) {
    const own = read(keyOf(this.who, this.problem));
    if (!this.who || own) return own;
    const guest = read(keyOf("", this.problem));
    write(keyOf("", this.problem), null);
    const differs = guest && (guest.source !== draft.starter || guest.stdin !== draft.stdin);
    return differs && guest.at > (Date.parse(draft.saved_at) || 0) ? guest : null;
  }

  #take(text) {
    this.source = text.source;
    this.stdin = text.stdin;
    this.#replaced.forEach((listener) => ["source", "stdin"].forEach(listener));
  }

  #changed() {
    this.#serial += 1;
    const { source, stdin } = this;
    write(keyOf(this.who, this.problem), { source, stdin, at: Date.now() });
    if (!this.who) return this.#tell("local");
    this.#tell("saving");
    this.#later(PAUSE_MS);
  }

  #later(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), delay);
  }

  #save() {
    // Without a connection events would pile up: one save is sent when it is back.
    if (this.send && eventLoop.connectErrors.length === 0) {
      this.send(this.problem, this.text("source"), this.text("stdin"), this.#serial);
    } else {
      this.#tell("failed");
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#tell("failed");
      this.#save();
    }, RETRY_MS);
  }

  #tell(status, reason = "") {
    this.status = status;
    this.reason = reason;
    this.#watchers.forEach((listener) => listener());
  }
}

export const desk = new Desk();
