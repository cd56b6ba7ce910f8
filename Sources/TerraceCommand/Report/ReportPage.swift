// The page that `terrace report` writes: one file that needs nothing else, in both colour schemes, drawn by its own script from
// the data inside.

/// The page around its data.
enum ReportPage {
    /// The whole page.
    ///
    /// - Parameter data: JSON, of ``ReportData``. Names in it are whatever a module says.
    static func html(data: String) -> String {
        // Nothing in the data may end the script element or begin a comment: outside of strings JSON has no such sign.
        var safe = ""
        safe.reserveCapacity(data.utf8.count + data.utf8.count / 64)
        for scalar in data.unicodeScalars {
            if scalar == "<" { safe += "\\u003c" } else { safe.unicodeScalars.append(scalar) }
        }
        return top + safe + bottom
    }

    private static let top = #"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Tiers</title>
        <style>
        :root {
          color-scheme: light dark;
          --ground: #fbfbf9; --panel: #ffffff; --line: #dcdcd6; --ink: #1d1f21; --soft: #6a6e73;
          --baseline: #b9c4cf; --queue: #e3c98f; --compile: #c8741a; --optimized: #2f7d6b; --loop: #5b62b8; --failed: #b3372e;
          --mark: #fff1c2;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #15171a; --panel: #1d2024; --line: #33383e; --ink: #e4e6e8; --soft: #949aa1;
            --baseline: #46525e; --queue: #6f5d33; --compile: #e0923c; --optimized: #4fb39b; --loop: #8f96ea; --failed: #e2695f;
            --mark: #4a4118;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 1.5rem clamp(1rem, 3vw, 3rem); background: var(--ground); color: var(--ink);
          font: 15px/1.45 system-ui, sans-serif; }
        h1 { font-size: 1.4rem; margin: 0 0 .2rem; }
        h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; }
        p { margin: .2rem 0; color: var(--soft); max-width: 80ch; }
        code, pre, .mono { font: 12.5px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
        .tiles { display: flex; flex-wrap: wrap; gap: .8rem; margin-top: 1rem; }
        .tile { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: .55rem .9rem; min-width: 8.5rem; }
        .tile b { display: block; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .tile span { color: var(--soft); font-size: .85rem; }
        .panel { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; overflow: auto; }
        #timeline { max-height: 26rem; }
        #timeline svg { display: block; min-width: 56rem; }
        #timeline text { fill: var(--soft); font: 11px system-ui, sans-serif; }
        #timeline text.name { fill: var(--ink); }
        #timeline g.row { cursor: pointer; }
        #timeline g.row:hover rect.back, #timeline g.row.chosen rect.back { fill: var(--mark); }
        rect.back { fill: transparent; }
        .legend { display: flex; flex-wrap: wrap; gap: 1rem; font-size: .85rem; color: var(--soft); margin: .4rem 0; }
        .legend i { display: inline-block; width: .9em; height: .9em; border-radius: 3px; margin-right: .35em; vertical-align: -1px; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { padding: .3rem .7rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th { position: sticky; top: 0; background: var(--panel); font-weight: 600; }
        th button { all: unset; cursor: pointer; }
        th button:focus-visible { outline: 2px solid var(--optimized); }
        th:nth-child(2), td:nth-child(2), th:nth-child(3), td:nth-child(3) { text-align: left; }
        td:nth-child(2) { max-width: 30rem; overflow: hidden; text-overflow: ellipsis; }
        tbody tr { cursor: pointer; }
        tbody tr:hover, tbody tr.chosen { background: var(--mark); }
        #functions { max-height: 24rem; }
        .tier-optimized { color: var(--optimized); } .tier-loop { color: var(--loop); } .failed { color: var(--failed); }
        #code { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .8rem; }
        @media (max-width: 110rem) { #code { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
        @media (max-width: 50rem) { #code { grid-template-columns: minmax(0, 1fr); } }
        #versions { display: flex; flex-wrap: wrap; gap: .5rem; margin: .6rem 0; }
        #versions button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 8px;
          padding: .2rem .8rem; cursor: pointer; }
        #versions button[aria-pressed=true] { background: var(--mark); }
        #code h3 { font-size: .9rem; margin: 0; padding: .45rem .8rem; border-bottom: 1px solid var(--line); position: sticky; left: 0; }
        #code pre { margin: 0; padding: .4rem 0; max-height: 34rem; overflow: auto; }
        #code pre div { padding: 0 .8rem; white-space: pre; min-width: max-content; }
        #code pre div.same { background: var(--mark); }
        .empty { padding: 1rem; color: var(--soft); }
        </style>
        </head>
        <body>
        <h1 id="title"></h1>
        <p id="about"></p>
        <div class="tiles" id="tiles"></div>
        <h2>When functions moved</h2>
        <div class="legend" id="legend"></div>
        <div class="panel" id="timeline"></div>
        <h2>Functions</h2>
        <div class="panel" id="functions"></div>
        <h2 id="chosen"></h2>
        <p id="chosen-about"></p>
        <div id="versions"></div>
        <div id="code"></div>
        <script id="data" type="application/json">
        """#

    private static let bottom = #"""
        </script>
        <script>
        "use strict";
        const data = JSON.parse(document.getElementById("data").textContent);
        const byId = id => document.getElementById(id);
        const make = (tag, text, name) => {
          const element = document.createElement(tag);
          if (text !== undefined) element.textContent = text;
          if (name) element.className = name;
          return element;
        };
        const svg = (tag, attributes, text) => {
          const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
          for (const key in attributes) element.setAttribute(key, attributes[key]);
          if (text !== undefined) element.textContent = text;
          return element;
        };
        const time = seconds => seconds >= 1 ? seconds.toFixed(2) + " s" : seconds >= 1e-3 ? (seconds * 1e3).toFixed(2) + " ms"
          : (seconds * 1e6).toFixed(1) + " µs";
        const bytes = count => count >= 10240 ? (count / 1024).toFixed(0) + " KiB" : count + " B";
        // Names may hold anything: what cannot be seen, or turns the direction of others, shows as its number.
        const seen = text => (text.length > 300 ? text.slice(0, 300) + "…" : text).replace(
          /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
          c => "\\u{" + c.charCodeAt(0).toString(16) + "}");
        const label = f => seen(f.name || "function " + f.index);
        // What calls run in; of a function that was optimized for a loop alone, that loop.
        const last = f => {
          const made = f.moves.filter(m => !m.failure);
          return made.findLast(m => optimized(m) && m.reason !== "loop") || made.at(-1);
        };
        const tierOf = f => { const m = last(f); return m ? m.to : "–"; };
        const why = m => m.reason === "loop" ? "loop " + m.loop : m.reason === "calls" ? "calls" : m.reason === "ahead" ? "ahead" : "first call";
        const optimized = m => m.to === "optimized" && !m.failure;
        const total = (list, f) => list.reduce((sum, x) => sum + f(x), 0);
        const moves = data.functions.flatMap(f => f.moves);

        byId("title").textContent = seen(data.module || data.file);
        document.title = byId("title").textContent + ": tiers";
        byId("about").textContent = seen(data.command);
        for (const [value, what] of [
          [time(data.seconds), "run time"],
          [data.functions.length + " of " + data.functionCount, "functions compiled"],
          [data.functions.filter(f => f.moves.some(optimized)).length, "functions optimized"],
          [moves.filter(m => optimized(m) && m.reason === "loop").length, "loops entered"],
          [time(total(moves.filter(m => m.to === "optimized"), m => m.compileSeconds)), "spent optimizing"],
          [bytes(total(moves, m => m.codeBytes)), "machine code made"],
          [moves.filter(m => m.failure).length, "failures"],
        ]) {
          const tile = make("div", undefined, "tile");
          tile.append(make("b", value), make("span", what));
          byId("tiles").append(tile);
        }
        for (const [name, what] of [["queue", "waiting"], ["compile", "compiling"], ["optimized", "optimized code for calls"],
            ["loop", "optimized code for a loop"], ["failed", "failed"]]) {
          const item = make("span"), swatch = make("i");
          swatch.style.background = "var(--" + name + ")";
          item.append(swatch, what);
          byId("legend").append(item);
        }

        const chosen = { row: null };
        const rows = new Map();
        function choose(f, scroll) {
          for (const list of rows.values()) for (const element of list) element.classList.remove("chosen");
          for (const element of rows.get(f.index) || []) element.classList.add("chosen");
          byId("chosen").textContent = label(f);
          byId("chosen-about").textContent = f.moves.map(m =>
            time(m.atSeconds) + ": " + (m.failure ? "not " : "") + m.to + " (" + why(m) + "), " + bytes(f.bytecodeBytes) + " → " + bytes(m.codeBytes)
            + (m.inlined && m.inlined.length ? ", inlined " + m.inlined.map(seen).join(", ") : "")
            + (m.failure ? ", " + seen(m.failure) : "")).join("; ");
          show(f, 0);
          if (scroll) byId("chosen").scrollIntoView({ behavior: "smooth" });
        }
        // The four texts, with the code of one of the versions that the optimizing compiler made.
        function show(f, number) {
          const listing = f.listing || {}, versions = listing.versions || [], version = versions[number] || {};
          byId("versions").replaceChildren(...(versions.length < 2 ? [] : versions.map((v, index) => {
            const button = make("button", "optimized, " + v.title);
            button.setAttribute("aria-pressed", index === number);
            button.addEventListener("click", () => show(f, index));
            return button;
          })));
          // Baseline code belongs to runs of instructions: each line knows where its run begins.
          const starts = [...new Set((listing.baseline || []).map(line => line[0]).filter(offset => offset !== null))].sort((a, b) => a - b);
          const partOf = offset => {
            let low = 0, high = starts.length;
            while (low < high) { const middle = (low + high) >> 1; if (starts[middle] <= offset) low = middle + 1; else high = middle; }
            return low ? starts[low - 1] : -1;
          };
          const panels = [["WebAssembly", listing.wasm], ["Baseline code", listing.baseline],
            ["Intermediate representation" + (version.title ? ", " + version.title : ""), version.ir],
            ["Optimized code" + (version.title ? ", " + version.title : ""), version.code]];
          byId("code").replaceChildren(...panels.map(([title, lines], column) => {
            const panel = make("div", undefined, "panel");
            panel.append(make("h3", title));
            if (!lines || !lines.length) {
              const why = !f.listing ? "Not kept: the page would be too large." : column === 1 ? "Never ran in baseline code." : "Never optimized.";
              panel.append(make("div", why, "empty"));
              return panel;
            }
            const pre = make("pre");
            if (column === 1) pre.className = "runs";
            for (const [offset, text] of lines) {
              const line = make("div", text || " ");
              if (offset !== null) { line.dataset.offset = offset; line.dataset.part = partOf(offset); }
              pre.append(line);
            }
            panel.append(pre);
            return panel;
          }));
        }
        byId("code").addEventListener("mouseover", event => {
          const { offset, part } = event.target.dataset || {};
          for (const line of byId("code").querySelectorAll(".same")) line.classList.remove("same");
          if (offset === undefined) return;
          const isRun = event.target.parentElement.className === "runs";
          for (const line of byId("code").querySelectorAll("[data-offset]")) {
            if (isRun || line.parentElement.className === "runs" ? line.dataset.part === part : line.dataset.offset === offset)
              line.classList.add("same");
          }
        });
        const remember = (f, element) => {
          if (!rows.has(f.index)) rows.set(f.index, []);
          rows.get(f.index).push(element);
          element.addEventListener("click", () => choose(f, true));
        };

        const moved = data.functions.filter(f => f.moves.some(m => m.to === "optimized"))
          .sort((a, b) => a.moves.find(m => m.to === "optimized").atSeconds - b.moves.find(m => m.to === "optimized").atSeconds);
        (function timeline() {
          if (!moved.length) { byId("timeline").append(make("div", "No function left baseline code.", "empty")); return; }
          const width = 1200, left = 230, right = 44, height = 20, top = 26;
          const end = Math.max(data.seconds, ...moves.map(m => m.atSeconds)) || 1e-6;
          const x = seconds => left + (width - left - right) * Math.max(0, seconds) / end;
          const picture = svg("svg", { viewBox: `0 0 ${width} ${top + moved.length * height + 8}`, width: "100%", role: "img",
            "aria-label": "Timeline of tiers" });
          for (let tick = 0; tick <= 10; tick++) {
            picture.append(svg("line", { x1: x(end * tick / 10), x2: x(end * tick / 10), y1: top - 6, y2: top + moved.length * height,
              stroke: "var(--line)" }));
            picture.append(svg("text", { x: x(end * tick / 10), y: 14, "text-anchor": "middle" }, time(end * tick / 10)));
          }
          moved.forEach((f, number) => {
            const row = svg("g", { class: "row" }), y = top + number * height;
            row.append(svg("rect", { class: "back", x: 0, y, width, height }));
            const name = label(f);
            row.append(svg("text", { class: "name", x: left - 8, y: y + 14, "text-anchor": "end" }, name.length > 34 ? name.slice(0, 33) + "…" : name));
            const first = f.moves[0];
            row.append(svg("rect", { x: x(first.atSeconds), y: y + 8, width: Math.max(1, x(end) - x(first.atSeconds)), height: 4, fill: "var(--baseline)" }));
            for (const m of f.moves) {
              if (m.to !== "optimized") continue;
              const start = m.atSeconds - m.compileSeconds, asked = start - m.queueSeconds;
              if (!m.failure) row.append(svg("rect", { x: x(m.atSeconds), y: y + (m.reason === "loop" ? 11 : 5), width: Math.max(1.5, x(end) - x(m.atSeconds)),
                height: 5, rx: 1, fill: m.reason === "loop" ? "var(--loop)" : "var(--optimized)" }));
              row.append(svg("rect", { x: x(asked), y: y + 4, width: Math.max(.5, x(start) - x(asked)), height: 12, fill: "var(--queue)" }));
              row.append(svg("rect", { x: x(start), y: y + 4, width: Math.max(1.5, x(m.atSeconds) - x(start)), height: 12, rx: 1,
                fill: m.failure ? "var(--failed)" : "var(--compile)" }));
            }
            row.append(svg("title", {}, name + "\n" + f.moves.map(m => time(m.atSeconds) + " " + m.to + " (" + why(m) + ")").join("\n")));
            remember(f, row);
            picture.append(row);
          });
          byId("timeline").append(picture);
        })();

        const columns = [
          ["#", f => f.index, f => f.index],
          ["function", label, label],
          ["tier", tierOf, f => { const m = last(f); return m ? m.to + (m.reason === "loop" ? " (loop " + m.loop + ")" : "") : "–"; }],
          ["bytecode", f => f.bytecodeBytes, f => bytes(f.bytecodeBytes)],
          ["code", f => total(f.moves, m => m.codeBytes), f => bytes(total(f.moves, m => m.codeBytes))],
          ["moved at", f => (f.moves.find(optimized) || { atSeconds: Infinity }).atSeconds,
            f => { const m = f.moves.find(optimized); return m ? time(m.atSeconds) : "–"; }],
          ["waited", f => total(f.moves, m => m.queueSeconds), f => time(total(f.moves, m => m.queueSeconds))],
          ["compiling", f => total(f.moves, m => m.compileSeconds), f => time(total(f.moves, m => m.compileSeconds))],
          ["why", f => f.moves.map(why).join(), f => f.moves.filter(m => m.to === "optimized").map(m => (m.failure ? "failed: " : "") + why(m)).join(", ") || "–"],
        ];
        const sorting = { column: 5, down: false };
        function table() {
          const [, key] = columns[sorting.column];
          const list = [...data.functions].sort((a, b) => {
            const x = key(a), y = key(b);
            return (x < y ? -1 : x > y ? 1 : a.index - b.index) * (sorting.down ? -1 : 1);
          });
          const element = make("table"), head = make("tr"), body = make("tbody");
          columns.forEach(([title], number) => {
            const cell = make("th"), button = make("button", title + (number === sorting.column ? (sorting.down ? " ↓" : " ↑") : ""));
            button.addEventListener("click", () => {
              sorting.down = sorting.column === number && !sorting.down;
              sorting.column = number;
              byId("functions").replaceChildren(table());
            });
            cell.append(button);
            head.append(cell);
          });
          for (const f of list) {
            const row = make("tr");
            columns.forEach(([, , show], number) => {
              const cell = make("td", show(f));
              const m = last(f);
              if (number === 2 && m && m.to === "optimized") cell.className = m.reason === "loop" ? "tier-loop" : "tier-optimized";
              if (number === 8 && f.moves.some(m => m.failure)) cell.className = "failed";
              row.append(cell);
            });
            remember(f, row);
            body.append(row);
          }
          const top = make("thead");
          top.append(head);
          element.append(top, body);
          return element;
        }
        byId("functions").append(table());
        if (data.functions.length) choose(moved[0] || data.functions[0], false);
        </script>
        </body>
        </html>
        """#
}
