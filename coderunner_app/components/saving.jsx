// Says whether what was typed is saved, and starts over from the beginning when somebody asks for it twice.
import React, { useEffect, useId, useReducer } from "react";
import { desk } from "./desk.js";

export { desk };

const words = {
  idle: () => "",
  local: () => "Kept on this device",
  saving: () => "Saving…",
  saved: () => (desk.isFresh ? "Saved just now" : "Saved"),
  failed: () => desk.reason || "Not saved yet, will try again",
};

// Ctrl-Enter anywhere on the page presses Run, with Shift it presses Submit; never Stop, which stands where Run stood.
function onKey(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  event.preventDefault();
  const button = document.getElementById(event.shiftKey ? "submit" : "run");
  if (button?.dataset.active !== "true") button?.click();
}

export function SaveState({ draft, saved, onSave }) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  desk.send = onSave;
  useEffect(() => desk.watch(redraw), []);
  useEffect(() => desk.open(draft), [draft]);
  useEffect(() => desk.answered(saved), [saved]);
  useEffect(() => {
    const flush = () => desk.flush();
    const ageing = setInterval(redraw, 20000);
    window.addEventListener("keydown", onKey);
    window.addEventListener("online", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      clearInterval(ageing);
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("online", flush);
      document.removeEventListener("visibilitychange", flush);
      desk.flush(); // another page of ours follows, perhaps that on which an earlier program is brought back
      desk.send = null;
    };
  }, []);
  return (
    <span className={desk.status === "failed" ? "saving failed" : "saving"} data-status={desk.status}>
      {words[desk.status]()}
    </span>
  );
}

export function StartAgain() {
  const id = useId().replace(/[^a-z0-9]/gi, "");
  const close = () => document.getElementById(id).hidePopover();
  return (
    <>
      <button type="button" className="btn quiet" popoverTarget={id} title="Start again from the beginning">
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
          <path d="M2.5 8a5.5 5.5 0 1 0 1.7-4M2.5 1.8v3h3" />
        </svg>
        <span className="unseen">Start again</span>
      </button>
      <div id={id} popover="auto" className="card ask" role="dialog" aria-label="Start again">
        <h2>Start again from the beginning?</h2>
        <p>What you typed is replaced by the program that this problem began with.</p>
        <div className="buttons">
          <button
            type="button"
            className="btn primary"
            onClick={() => {
              desk.replace("source", desk.starter);
              close();
            }}
          >
            Start again
          </button>
          <button type="button" className="btn" onClick={close}>
            Keep my program
          </button>
        </div>
      </div>
    </>
  );
}
