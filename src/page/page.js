// Sorts, filters and searches tables, and shows the statement of a mark beside it. Everything it shows is in the page
// already: it makes no element from text, and asks for nothing. A statement that is not in the page is asked for by
// whoever listens to `missing`, and a table that comes later is told with `fresh`.
'use strict';
(() => {
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const later = (work, wait) => {
    let waiting;
    return () => { clearTimeout(waiting); waiting = setTimeout(work, wait); };
  };

  // Tables.
  const prepare = form => {
    const table = document.getElementById(form.dataset.table);
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const texts = new Map();
    const text = row => {
      if (!texts.has(row)) texts.set(row, row.textContent.normalize('NFKC').toLowerCase());
      return texts.get(row);
    };
    const output = form.querySelector('output');
    const { search, speaker, level } = form.elements;
    const apply = () => {
      const words = search.value.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const fits = (!speaker.value || row.cells[1].textContent === speaker.value)
          && (!level.value || all('.chip', row).some(chip => level.value.endsWith('-')
            ? chip.className.includes(' ' + level.value) : chip.classList.contains(level.value)))
          && words.every(word => text(row).includes(word));
        row.hidden = !fits;
        shown += fits;
      }
      output.textContent = output.dataset.words.replace('%1', shown).replace('%2', rows.length);
    };
    form.hidden = false;
    search.addEventListener('input', later(apply, 120));
    form.addEventListener('change', apply);
    form.addEventListener('reset', () => setTimeout(apply));
    form.addEventListener('submit', event => event.preventDefault());
    apply();

    const key = (row, column) => column === 0 ? row.cells[0].firstElementChild.getAttribute('datetime')
      : row.cells[column].textContent.trim();
    all('thead th', table).forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const up = head.getAttribute('aria-sort') !== 'ascending';
        for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const keys = new Map(rows.map(row => [row, key(row, column)]));
        // Sorting is stable, so equal rows keep the order they had.
        rows.sort((a, b) => (up ? 1 : -1) * collator.compare(keys.get(a), keys.get(b)));
        body.append(...rows);
      });
    });
  };
  all('form[data-table]').forEach(prepare);
  addEventListener('fresh', event => all('form[data-table]', event.target).forEach(prepare));

  // What an address in the page leads to must be seen.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    const table = target && target.hidden && target.closest('table');
    if (!table) return;
    for (const form of all('form[data-table]')) if (form.dataset.table === table.id) form.reset();
    setTimeout(() => target.scrollIntoView({ block: 'center' }), 20);
  };
  addEventListener('hashchange', reveal);

  // Marks.
  const beside = document.createElement('div');
  beside.className = 'beside card';
  beside.hidden = true;
  let shown = null, pinned = false, leaving = 0;
  const hide = () => {
    clearTimeout(leaving);
    if (shown) shown.classList.remove('shown');
    beside.hidden = true;
    shown = null;
    pinned = false;
  };
  // The id of the statement: of its row in the page, or at the end of the address of its own page.
  const statement = mark => (mark.getAttribute('href') || '').replace(/^.*[#=]/, '');
  const line = (name, ...parts) => {
    const element = document.createElement(name);
    element.append(...parts);
    return element;
  };
  const copies = cell => [...cell.childNodes].map(node => node.cloneNode(true));
  const fill = mark => {
    const target = document.getElementById(statement(mark));
    if (target && target.cells) {
      const [when, who, positions, words, source] = target.cells;
      const name = line('p', ...copies(who), ' · ', ...copies(when));
      name.className = 'who';
      const from = line('p', ...copies(source));
      from.className = 'source';
      beside.replaceChildren(name, line('blockquote', ...copies(words)), line('p', ...copies(positions)), from);
    } else if (target) {
      beside.replaceChildren(...copies(target));
    } else {
      beside.replaceChildren(line('p', mark.getAttribute('aria-label') || ''));
      const put = card => {
        if (shown !== mark) return;
        beside.replaceChildren(...card);
        place(mark);
      };
      dispatchEvent(new CustomEvent('missing', { detail: { statement: statement(mark), put } }));
    }
  };
  const place = mark => {
    const box = mark.getBoundingClientRect(), size = beside.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left + box.width / 2 - size.width / 2, wide - size.width - 8));
    const below = box.bottom + 10, above = box.top - size.height - 10;
    const top = below + size.height > innerHeight && above > 0 ? above : below;
    beside.style.left = left + scrollX + 'px';
    beside.style.top = top + scrollY + 'px';
  };
  const show = (mark, pin) => {
    clearTimeout(leaving);
    if (pinned && !pin) return;
    if (shown !== mark) {
      hide();
      shown = mark;
      fill(mark);
      beside.hidden = false;
      mark.classList.add('shown');
    }
    pinned = pin;
    place(mark);
  };
  const leave = () => {
    if (!pinned) leaving = setTimeout(hide, 250);
  };
  beside.addEventListener('pointerenter', () => clearTimeout(leaving));
  beside.addEventListener('pointerleave', leave);
  for (const picture of all('.chart > svg')) {
    const marks = all('a[href^="#"], a[href*="=stance-"]', picture);
    marks.forEach((mark, number) => {
      // The card takes the place of the browser's own tooltip. The words stay the mark's name.
      const title = all('title', mark)[0];
      if (title) {
        mark.setAttribute('aria-label', title.textContent);
        title.remove();
      }
      // One stop for the Tab key in each picture. The arrow keys go from mark to mark.
      mark.setAttribute('tabindex', number ? -1 : 0);
      mark.addEventListener('pointerenter', event => { if (event.pointerType === 'mouse') show(mark, false); });
      mark.addEventListener('pointerleave', leave);
      mark.addEventListener('focus', () => { if (mark.matches(':focus-visible')) show(mark, false); });
      mark.addEventListener('blur', leave);
      mark.addEventListener('click', event => {
        // Enter follows the link to the row. A finger or a mouse keeps the card open.
        if (!event.detail) { hide(); return; }
        event.preventDefault();
        if (shown === mark && pinned) hide(); else show(mark, true);
      });
      mark.addEventListener('keydown', event => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        const next = event.key === 'Home' ? 0 : event.key === 'End' ? marks.length - 1
          : step && Math.min(marks.length - 1, Math.max(0, number + step));
        if (next === undefined) return;
        event.preventDefault();
        mark.setAttribute('tabindex', -1);
        marks[next].setAttribute('tabindex', 0);
        marks[next].focus();
      });
    });
  }
  document.body.append(beside);
  addEventListener('keydown', event => { if (event.key === 'Escape') hide(); });
  addEventListener('click', event => {
    if (pinned && !beside.contains(event.target) && !event.target.closest('.chart a')) hide();
  });
  reveal();
})();
