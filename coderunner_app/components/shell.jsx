// What every page needs of the browser: the fonts, the choice of light or dark, and a calm word when the line is cut.
import React, { useContext, useEffect, useState } from "react";
import { ColorModeContext, EventLoopContext } from "$/utils/context-registry";
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";

const PATIENCE_MS = 1200; // a short break is nobody's business

export function Connection() {
  const [, errors] = useContext(EventLoopContext);
  const [late, setLate] = useState(false);
  const broken = errors.length > 0;
  useEffect(() => {
    if (!broken) return setLate(false);
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [broken]);
  return (
    <div role="status" className="offline-place">
      {late && <p className="offline">The connection is lost. What you type is kept here while we try again.</p>}
    </div>
  );
}

const looks = [
  ["light", "Light", "M8 3V1.5M8 14.5V13M3 8H1.5M14.5 8H13M4.5 4.5l-1-1M12.5 12.5l-1-1M4.5 11.5l-1 1M12.5 3.5l-1 1M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6Z"],
  ["dark", "Dark", "M13.6 9.6A5.8 5.8 0 0 1 6.4 2.4a5.8 5.8 0 1 0 7.2 7.2Z"],
  ["system", "Like this device", "M2 3h12v8H2zM6 14h4M8 11v3"],
];

export function LookSwitch() {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  const [shown, setShown] = useState(null);
  useEffect(() => setShown(rawColorMode), [rawColorMode]); // the built page cannot know it
  return (
    <div className="look" role="group" aria-label="Light or dark">
      {looks.map(([mode, name, path]) => (
        <button
          key={mode}
          type="button"
          title={name}
          aria-label={name}
          aria-pressed={shown === mode}
          onClick={() => setColorMode(mode)}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
            <path d={path} />
          </svg>
        </button>
      ))}
    </div>
  );
}
