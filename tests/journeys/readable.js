// axe in the page: what is wrong in it, and the inks found readable that were not known.
async ({ address, all, contrast, known }) => {
  const load = () => new Promise((ready, lost) => {
    const script = Object.assign(document.createElement("script"), { src: address });
    script.onload = () => { script.remove(); ready(); };
    script.onerror = lost;
    document.head.append(script);
  });
  // What is painted behind an element, from the nearest solid colour up. What stands out of the
  // flow with nothing solid of its own may lie on anything: it is called loose.
  const papers = new Map([[null, ""]]);
  const paper = (node) => {
    if (!papers.has(node)) {
      const look = getComputedStyle(node);
      const behind = paper(node.parentElement);
      const own = [
        look.opacity === "1" ? "" : `veil ${look.opacity} `,
        ["static", "relative"].includes(look.position) ? "" : "loose ",
        look.backgroundImage === "none" ? "" : look.backgroundImage,
        look.backgroundColor === "rgba(0, 0, 0, 0)" ? "" : look.backgroundColor,
      ].join("");
      const solid = look.backgroundColor.startsWith("rgb(") && !(behind + own).includes("veil");
      papers.set(node, solid ? own.replace("loose ", "") : behind + own);
    }
    return papers.get(node);
  };
  const ink = (node) => {
    const look = getComputedStyle(node);
    return [paper(node), look.color, look.fontSize, look.fontWeight, look.textShadow].join(" ");
  };
  const written = (node) => node.nodeType === Node.TEXT_NODE && /[^\s*]/.test(node.data);
  const says = (node) => [...node.childNodes].some(written)
    || node.matches("input:not([type=checkbox], [type=radio]), select, textarea");
  const drawn = (node) => {
    const box = node.getBoundingClientRect();
    return node.checkVisibility() && box.width > 1 && box.bottom + scrollY > 0;
  };

  if (!("axe" in window)) {
    await load();
  }
  const violations = all ? (await axe.run(all)).violations : [];
  const readable = new Set(known);
  const fresh = [...document.body.querySelectorAll("*")].filter(
    (node) => says(node) && drawn(node) && !readable.has(ink(node)),
  );
  if (!fresh.length) {
    return { violations, found: [] };
  }
  const told = await axe.run({ include: fresh }, contrast);
  for (const rule of told.violations) {
    violations.push({ ...rule, nodes: rule.nodes.map(({ element, ...node }) => node) });
  }
  const passed = told.passes.flatMap((rule) => rule.nodes).map((node) => ink(node.element));
  // What passes is as long as the page: it stays there.
  return { violations, found: passed.filter((one) => !one.includes("loose")) };
}
