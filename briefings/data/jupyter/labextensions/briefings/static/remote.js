// Briefings in JupyterLab: beside a notebook the page as it will print, which follows each save and each run.
//
// JupyterLab asks every extension for a container that is told of the modules JupyterLab shares and then hands over
// its plugin. This one is written by hand, so that neither making nor installing it needs Node. It shows what the
// server's side (briefings/authoring/lab.py) makes, and holds no state but which page is open.
(() => {
  "use strict";

  const CATEGORY = "Briefings";
  const GALLERY = "briefings-gallery";
  const FAULT = "briefings-fault"; // what is told at a cell
  const REMARK = "briefings-remark"; // the same, where the page was made all the same
  const FAULTY = "briefings-faulty"; // the cell, whose own traceback of an earlier run would say it twice, or otherwise
  const NARROW = 1600; // pixels of a window in which files, a notebook and a page have no room beside each other
  const TOOLTIP = "Show the page as it will print";
  const SAVE_AFTER = 300; // milliseconds; a run of all cells is saved once
  const OF_THE_KERNEL = ["kernelspec", "language_info"]; // what a kernel writes into a notebook when it starts

  let shared = {}; // name of a module → version → how to get it

  async function modules(names) {
    const found = names.map(async (name) => (await Object.values(shared[name])[0].get())());
    return Object.assign({}, ...(await Promise.all(found)));
  }

  const escaped = (text) => encodeURIComponent(text);
  const basename = (path) => path.split("/").pop();

  // ── one page, in a tab of its own ─────────────────────────────────────────────────────────────────

  /** A tab that frames one address of the server's side; `heard` is told what the frame says. */
  function framed(lab, id, label, address, heard) {
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.title = label;
    frame.className = "briefings-frame";
    const content = new lab.Widget();
    content.node.append(frame);
    content.addClass("briefings-panel");
    const tab = new lab.MainAreaWidget({ content });
    tab.id = id;
    tab.title.label = label;
    tab.title.closable = true;
    const listen = (message) => {
      if (message.source === frame.contentWindow && message.origin === location.origin) heard(message.data);
    };
    window.addEventListener("message", listen);
    tab.disposed.connect(() => window.removeEventListener("message", listen));
    tab.say = (what) => frame.contentWindow && frame.contentWindow.postMessage(what, location.origin);
    return tab;
  }

  // ── what is edited, and where it is on the page ───────────────────────────────────────────────────

  /** The slot that a cell fills, or the nearest cell after it: a heading stands above what it names. */
  function slotAt(state, path, index) {
    const slots = (state && state.slots[basename(path)]) || {};
    const numbers = Object.keys(slots).map(Number).sort((one, other) => one - other);
    const next = numbers.find((number) => number >= index + 1);
    return next === undefined ? "" : slots[next];
  }

  /** Take away what is told at cells: of one brief, or at one cell that is run anew. */
  function clearFaults(within, brief) {
    within.querySelectorAll("." + FAULT).forEach((box) => {
      if (brief && box.dataset.brief !== brief) return;
      box.parentNode.classList.remove(FAULTY);
      box.remove();
    });
  }

  /** Show what is wrong with a brief at the cells that have it, and nowhere else. */
  function showFaults(notebooks, brief, state) {
    clearFaults(document, brief);
    notebooks.forEach((panel) => ((state && state.faults) || []).forEach((fault) => {
      const cell = panel.content.widgets[fault.cell - 1];
      if (basename(panel.context.path) !== fault.notebook || !cell) return;
      const box = document.createElement("pre");
      box.className = fault.stopped ? FAULT : FAULT + " " + REMARK;
      box.dataset.brief = brief;
      box.setAttribute("role", "alert");
      box.textContent = fault.text;
      cell.node.append(box);
      if (fault.stopped) cell.node.classList.add(FAULTY);
    }));
  }

  /** The slots that the cells of an open notebook fill, saved or not. */
  function filled(panel) {
    const sources = panel.content.widgets.map((cell) => cell.model.sharedModel.getSource());
    return sources.flatMap((text) => [...text.matchAll(/\bslot\s*=\s*["'](\w+)["']|^%%prose\s+(\w+)/g)])
      .map((found) => found[1] || found[2]);
  }

  /** Keep a notebook that nobody has edited from passing for unsaved because its kernel has started. */
  function keepSaved(panel) {
    const { model } = panel.context;
    model.metadataChanged.connect((_, { key, oldValue, newValue }) => {
      const another = key === "kernelspec" && oldValue && oldValue.name && oldValue.name !== (newValue || {}).name;
      if (model.dirty || another || !OF_THE_KERNEL.includes(key)) return;
      queueMicrotask(() => { model.dirty = false; }); // it is marked once all are told, before anybody can type
    });
  }

  /** The cell that opens the desk, which no example can stand above; -1 where there is none. */
  function opensDesk(panel) {
    const opens = (cell) => /^desk\s*=/m.test(cell.model.sharedModel.getSource());
    return panel.content.widgets.findIndex(opens);
  }

  const PAGE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="16">
    <path class="jp-icon3" fill="#616161" d="M5 2h10l4 4v16H5zm2 2v16h10V7h-3V4z"/>
    <path class="jp-icon3" fill="#616161" d="M9 10h6v1.6H9zm0 3.2h6v1.6H9zm0 3.2h4V18H9z"/></svg>`;
  const TILES = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="16">
    <path class="jp-icon3" fill="#616161" d="M3 4h8v7H3zm10 0h8v4h-8zm0 6h8v10h-8zM3 13h8v7H3z"/></svg>`;
  const STYLE = `
    .briefings-panel { display: flex }
    .briefings-frame { flex: 1; border: 0; width: 100%; height: 100%; background: #e9eaec }
    .jp-Launcher-content { display: flex; flex-direction: column }
    .jp-Launcher-cwd { order: -2 }
    .jp-Launcher-section:has([data-category="${CATEGORY}"]) { order: -1 }
    .${FAULTY} .jp-OutputArea-child:has([data-mime-type$="stderr"]) { display: none }
    .${FAULT} { margin: 2px 12px 8px; padding: 8px 12px; background: #8f1d1d; color: #fff; white-space: pre-wrap;
      font: 12px/1.45 var(--jp-code-font-family, monospace); border-radius: 2px }
    .${REMARK} { background: #fff6da; color: #1a1c1f; border: 1px solid #d9c88a }`;

  // ── the plugin ────────────────────────────────────────────────────────────────────────────────────

  async function activate(lab, app, notebooks, launcher, palette, restorer) {
    notebooks.forEach(keepSaved);
    notebooks.widgetAdded.connect((_, panel) => keepSaved(panel));
    const settings = lab.ServerConnection.makeSettings();
    const base = settings.baseUrl + "briefings/";
    const style = document.createElement("style");
    style.textContent = STYLE;
    document.head.append(style);

    async function ask() {
      const answer = await lab.ServerConnection.makeRequest(base + "briefs", {}, settings);
      if (!answer.ok) return { briefs: [], edited: {} }; // a server without our side of it
      const told = await answer.json();
      if (told.error) lab.Notification.error(told.error, { autoClose: false });
      return told;
    }

    let { briefs, edited } = await ask();
    const icons = {
      page: new lab.LabIcon({ name: "briefings:page", svgstr: PAGE }),
      gallery: new lab.LabIcon({ name: "briefings:gallery", svgstr: TILES }),
    };
    const pages = new lab.WidgetTracker({ namespace: "briefings-pages" });
    const open = new Map(); // brief → its tab
    const states = new Map(); // brief → what was last told of it

    const briefsOf = (path) => briefs.filter((one) => one.notebooks.includes(path));
    const titleOf = (name) => (briefs.find((one) => one.name === name) || {}).title || "";

    function mark() {
      const panel = notebooks.currentWidget;
      if (!panel) return;
      const path = panel.context.path;
      for (const { name } of briefsOf(path)) {
        const slot = slotAt(states.get(name), path, panel.content.activeCellIndex);
        if (slot && open.has(name)) open.get(name).say({ mark: slot });
      }
    }

    /** Add a tab beside the notebook: among those that are seen there already, if any, so that it keeps its width. */
    function addBeside(tab) {
      const notebook = notebooks.currentWidget;
      const others = [...open.values(), ...[...app.shell.widgets("main")].filter((one) => one.id === GALLERY)];
      const seen = others.find((one) => one !== tab && one.isVisible);
      if (window.innerWidth < NARROW) app.shell.collapseLeft();
      if (seen) app.shell.add(tab, "main", { mode: "tab-after", ref: seen.id });
      else app.shell.add(tab, "main", notebook ? { mode: "split-right", ref: notebook.id } : {});
    }

    /** Show a tab, and never in place of the notebook that it was asked for from. */
    function reveal(tab) {
      const notebook = notebooks.currentWidget;
      if (!tab.isAttached || (notebook && notebook.isVisible && !tab.isVisible)) addBeside(tab);
      app.shell.activateById(tab.id);
      return tab;
    }

    /** Open the first notebook of a brief where none is open yet, for its page to stand beside. */
    async function begin(brief) {
      const { notebooks: [path] } = briefs.find((one) => one.name === brief) || { notebooks: [] };
      if (notebooks.currentWidget || !path) return null;
      const panel = await app.commands.execute("docmanager:open", { path }).catch(() => null);
      if (panel) await panel.revealed;
      return panel;
    }

    function openPage(brief) {
      if (open.has(brief)) return open.get(brief);
      const address = base + "preview/" + escaped(brief) + "/";
      const tab = framed(lab, "briefings-page-" + brief, brief, address, (told) => {
        if (!told || !told.briefings) return;
        states.set(brief, told.briefings);
        showFaults(notebooks, brief, told.briefings);
        mark();
      });
      tab.title.icon = icons.page;
      tab.title.caption = titleOf(brief);
      open.set(brief, tab);
      tab.disposed.connect(() => {
        open.delete(brief);
        states.delete(brief);
        showFaults(notebooks, brief, null);
      });
      tab.brief = brief;
      pages.add(tab);
      return tab;
    }

    /** The brief a notebook is of: the one its parameters name, else the one that is chosen. */
    async function chosen(path) {
      ({ briefs, edited } = await ask());
      const fitting = (path ? briefsOf(path) : briefs).map((one) => one.name);
      if (fitting.includes(edited[path])) return edited[path];
      if (fitting.length < 2) return fitting[0];
      return (await lab.InputDialog.getItem({ title: "The page of which brief?", items: fitting })).value;
    }

    /** Insert an example of the gallery below the cell, for a slot that no cell fills yet. */
    async function insert(panel, name) {
      const asked = new URLSearchParams({ notebook: basename(panel.context.path), taken: filled(panel).join(",") });
      const answer = await lab.ServerConnection.makeRequest(base + "example/" + name + "?" + asked, {}, settings);
      const told = await answer.json();
      if (!told.code) return void lab.Notification.error(told.error || "The example could not be had.");
      const { content } = panel;
      content.activeCellIndex = Math.max(content.activeCellIndex, opensDesk(panel));
      lab.NotebookActions.insertBelow(content);
      content.activeCell.model.sharedModel.setSource(told.code);
      app.shell.activateById(panel.id);
    }

    app.commands.addCommand("briefings:page", {
      label: (given) => given.brief || "Show the Page as It Will Print",
      caption: (given) => titleOf(given.brief) || "The page of a brief, which follows each save and run of its notebooks",
      icon: icons.page,
      execute: async (given) => {
        const panel = notebooks.currentWidget;
        const brief = given.brief || (await chosen(panel && panel.context.path));
        if (!brief) return null;
        const begun = given.begin ? await begin(brief) : null;
        const tab = reveal(openPage(brief));
        return begun || tab; // which takes the place of the launcher
      },
    });

    app.commands.addCommand("briefings:gallery", {
      label: "Gallery of Sections",
      icon: icons.gallery,
      caption: "Every kind of section with the code that makes it",
      execute: () => {
        const opened = [...app.shell.widgets("main")].find((one) => one.id === GALLERY);
        if (opened) return reveal(opened);
        const tab = framed(lab, GALLERY, "Gallery of sections", base + "gallery", (told) => {
          const panel = notebooks.currentWidget;
          if (told && typeof told.insert === "string" && panel) insert(panel, told.insert);
        });
        tab.title.icon = icons.gallery;
        return reveal(tab);
      },
    });

    app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (panel) => {
        const onClick = () => app.commands.execute("briefings:page", {});
        const button = new lab.ToolbarButton({ icon: icons.page, label: "Page", tooltip: TOOLTIP, onClick });
        panel.toolbar.insertAfter("cellType", "briefingsPage", button);
        panel.context.ready.then(() => { if (!briefsOf(panel.context.path).length) button.hide(); });
        return button;
      },
    });

    if (launcher) {
      briefs.forEach((one, rank) =>
        launcher.add({ command: "briefings:page", category: CATEGORY, args: { brief: one.name, begin: true }, rank }));
      launcher.add({ command: "briefings:gallery", category: CATEGORY, rank: briefs.length });
    }
    if (palette) {
      for (const command of ["briefings:page", "briefings:gallery"]) palette.addItem({ command, category: CATEGORY });
    }
    if (restorer) {
      restorer.restore(pages, {
        command: "briefings:page", args: (tab) => ({ brief: tab.brief }), name: (tab) => tab.brief,
      });
    }

    notebooks.activeCellChanged.connect(mark);
    notebooks.widgetAdded.connect((_, panel) => panel.context.ready.then(() =>
      states.forEach((state, brief) => showFaults(notebooks, brief, state))));
    const saving = new WeakSet(); // notebooks that are being written: a save beside it would find the file changed
    const noteSaving = (panel) => panel.context.saveState.connect((_, state) =>
      (state === "started" ? saving.add(panel) : saving.delete(panel)));
    notebooks.forEach(noteSaving);
    notebooks.widgetAdded.connect((_, panel) => noteSaving(panel));
    const behind = new WeakSet(); // notebooks run while they were written: once that ends they pass for saved
    const waiting = new Map(); // notebook → the timer of its saving
    const saveSoon = (panel) => {
      clearTimeout(waiting.get(panel));
      if (saving.has(panel)) behind.add(panel);
      waiting.set(panel, setTimeout(() => {
        if (saving.has(panel)) return saveSoon(panel);
        waiting.delete(panel);
        const due = behind.delete(panel) || panel.context.model.dirty;
        if (!panel.isDisposed && due) panel.context.save();
      }, SAVE_AFTER));
    };
    lab.NotebookActions.executed.connect((_, { notebook, cell }) => {
      clearFaults(cell.node);
      const panel = notebooks.find((one) => one.content === notebook);
      if (!panel || !briefsOf(panel.context.path).some((one) => open.has(one.name))) return;
      saveSoon(panel);
    });
  }

  async function plugin() {
    const lab = await modules([
      "@jupyterlab/application", "@jupyterlab/apputils", "@jupyterlab/launcher", "@jupyterlab/notebook",
      "@jupyterlab/services", "@jupyterlab/ui-components", "@lumino/widgets",
    ]);
    return {
      id: "briefings:lab",
      description: "The page as it will print, beside the notebook that is being edited.",
      autoStart: true,
      requires: [lab.INotebookTracker],
      optional: [lab.ILauncher, lab.ICommandPalette, lab.ILayoutRestorer],
      activate: (app, ...given) => activate(lab, app, ...given),
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.briefings = {
    init: (scope) => { shared = scope; },
    get: async () => {
      const found = await plugin();
      return () => ({ __esModule: true, default: found });
    },
  };
})();
