// Fetches the page anew while it is looked at, and replaces its content without losing what is open, typed or focused.
(() => {
  const seconds = () => Number(document.querySelector('main')?.dataset.live);
  const away = document.querySelector('[data-away]');
  // How the focused element is found again in the new content: by its own id, its disclosure's, or where it leads.
  const whereIs = one => one.id ? `[id="${CSS.escape(one.id)}"]`
    : one.matches('details[id] > summary') ? `details[id="${CSS.escape(one.parentElement.id)}"] > summary`
    : one.matches('a[href]') ? `a[href="${CSS.escape(one.getAttribute('href'))}"]` : '';
  const openIn = root => new Set([...root.querySelectorAll('details[id][open]')].map(details => details.id));

  async function refresh() {
    const main = document.querySelector('main');
    if (document.hidden || main.contains(document.activeElement) && document.activeElement.matches('input, select, textarea')) return;
    try {
      const reply = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!reply.ok && reply.status !== 503) throw reply.status;
      const next = new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('main');
      const open = openIn(main), active = document.activeElement, focused = main.contains(active) && whereIs(active);
      const scrolled = [...main.querySelectorAll('.wide')].map(box => box.scrollLeft);
      for (const typed of main.querySelectorAll('input[id]')) {
        const field = typed.value !== typed.defaultValue && next.querySelector(`[id="${CSS.escape(typed.id)}"]`);
        if (field) field.value = typed.value;
      }
      for (const id of open) next.querySelector(`details[id="${CSS.escape(id)}"]`)?.setAttribute('open', '');
      main.replaceWith(next);
      next.querySelectorAll('.wide').forEach((box, i) => box.scrollLeft = scrolled[i] ?? 0);
      if (focused) next.querySelector(focused)?.focus({ preventScroll: true });
      away.hidden = true;
    } catch {
      away.hidden = false;
    }
  }

  // A page that takes long to make is asked for less often.
  async function keepFresh() {
    for (let took = 0; seconds();) {
      await new Promise(done => setTimeout(done, Math.max(1000 * seconds(), 5 * took)));
      const began = performance.now();
      await refresh();
      took = performance.now() - began;
    }
  }

  keepFresh();
})();
