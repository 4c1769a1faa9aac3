// What counts down between two answers of the server: the wait in a queue, and the time until another run is possible.
import React, { useEffect, useReducer, useRef } from "react";

const SECOND_MS = 1000;

/** Whole seconds that are left of those that were said, drawn again every second; ``onDue`` is called at the end. */
function useCountdown(said, seconds, onDue) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  const known = useRef({ said: null, end: 0 });
  const due = useRef(onDue);
  due.current = onDue;
  // By the page's own clock from when it was said: what the device believes the time to be is no matter.
  if (known.current.said !== said) known.current = { said, end: performance.now() + seconds * SECOND_MS };
  const left = () => Math.max(0, Math.ceil((known.current.end - performance.now()) / SECOND_MS));
  useEffect(() => {
    if (!(seconds > 0)) return undefined;
    const timer = setInterval(() => {
      redraw();
      if (left()) return;
      clearInterval(timer);
      due.current?.();
    }, SECOND_MS);
    return () => clearInterval(timer);
  }, [said]);
  return left();
}

/** How many are ahead in the queue, and about how long it takes. The seconds are not read aloud, one after the other. */
export function Waiting({ said }) {
  const left = useCountdown(said, said?.wait_s ?? 0);
  return (
    <span>
      {said?.words || "Waiting"}
      {said?.wait_s >= 1 && <span aria-hidden="true">{`, about ${Math.max(1, left)} s`}</span>}
    </span>
  );
}

/** What is left of the quota; when nothing is, how long until there is. Asks again when that has changed. */
export function QuotaLeft({ said, onChange }) {
  const whole = said?.more_in_s ?? 0;
  const passed = whole - useCountdown(said, whole, onChange);
  if (!said?.parts) return null;
  return (
    <span className="left-today">
      {said.parts.map(({ words, next, in_s }, index) => (
        <React.Fragment key={next + words}>
          {index > 0 && " · "}
          {next && in_s > passed && `${next} ${span(in_s - passed)}, `}
          {words}
        </React.Fragment>
      ))}
    </span>
  );
}

function span(seconds) {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}
