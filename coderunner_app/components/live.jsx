// What the live pages need of the browser: whether the line is there, and a drawer that behaves like one.
import React, { useContext, useEffect, useRef } from "react";
import { EventLoopContext } from "$/utils/context-registry";

/** Says whether what is shown follows what happens. */
export function LiveChip() {
  const [, errors] = useContext(EventLoopContext);
  const live = errors.length === 0;
  return (
    <span className={live ? "chip ok live-chip" : "chip try live-chip"} role="status">
      <span aria-hidden="true">{live ? "●" : "○"}</span>
      {live ? "live" : "trying again"}
    </span>
  );
}

/** A part of the page that opens beside the rest: takes the focus, gives it back, and closes with Escape. */
export function Drawer({ label, subject, onClose, children }) {
  const own = useRef(null);
  const before = useRef(null);
  useEffect(() => {
    before.current ??= document.activeElement;
    own.current.focus();
  }, [subject]);
  useEffect(() => () => before.current?.focus?.(), []);
  const onKey = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return (
    <section className="card drawer" role="dialog" aria-label={label} tabIndex={-1} ref={own} onKeyDown={onKey}>
      {children}
    </section>
  );
}
