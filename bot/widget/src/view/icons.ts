const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  chat: ["M4 5.5h16v11H10l-4.5 3.5v-3.5H4z", "M8.2 11h.01M12 11h.01M15.8 11h.01"],
  shield: ["M12 3l7.5 2.8v5.4c0 4.6-3 8.1-7.5 9.8-4.5-1.7-7.5-5.2-7.5-9.8V5.8z", "M8.7 12l2.3 2.3 4.3-4.5"],
  down: ["M6 9.5l6 6 6-6"],
  close: ["M6 6l12 12M18 6L6 18"],
  send: ["M12 19V5M6 11l6-6 6 6"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  alert: ["M12 8v5M12 16.5v.01", "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17z"],
};

/** A line drawing in the colour of the text around it, hidden from screen readers. */
export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
