// New passwords, shown once: on the screen, and as a sheet to cut into slips. Once they are here the server is told to
// forget them; this page alone keeps them, so that a connection that breaks does not take them away unprinted.
import React, { useEffect, useState } from "react";
import { Print } from "./handy.jsx";

function Slip({ one, group }) {
  return (
    <li className="slip">
      <b className="long-name">{one.display_name}</b>
      <dl>
        <dt>Class</dt>
        <dd>{group}</dd>
        <dt>Address</dt>
        <dd>{window.location.host}</dd>
        <dt>Name</dt>
        <dd className="mono">{one.name}</dd>
        <dt>Password</dt>
        <dd className="mono password">{one.password}</dd>
      </dl>
    </li>
  );
}

export function Passwords({ created = [], group = "", onKept }) {
  const [kept, setKept] = useState([]);
  useEffect(() => {
    if (!created.length) return;
    const fresh = new Set(created.map((one) => one.user_id));
    setKept((before) => [...created.map((one) => ({ ...one, group })), ...before.filter((one) => !fresh.has(one.user_id))]);
    onKept();
  }, [created]);
  useEffect(() => {
    if (!kept.length) return undefined;
    const ask = (event) => event.preventDefault(); // the browser asks before the page is closed or loaded again
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [kept.length > 0]);
  if (!kept.length) return null;
  return (
    <section className="card form-card sheet" id="passwords" aria-label="New passwords">
      <div className="no-print">
        <h2>New passwords</h2>
        <p className="muted">They are shown this once and stored nowhere. Print the sheet and cut it, or write them down.</p>
        <div className="buttons">
          <Print label="Print the sheet" />
          <button type="button" className="btn" onClick={() => setKept([])}>
            I have them
          </button>
        </div>
      </div>
      <ul className="slips">
        {kept.map((one) => (
          <Slip key={one.user_id} one={one} group={one.group} />
        ))}
      </ul>
    </section>
  );
}
