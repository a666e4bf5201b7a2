// Presses buttons by keys, and puts what the desk answers into the page. Everything here can be done without it: each
// button is one of a form, and each step a link.
'use strict';
(() => {
  const main = () => document.getElementById('main');
  const status = () => document.getElementById('status');
  const keys = () => { const box = document.getElementById('keys'); return !box || box.checked; };
  let busy = false;
  // Keys that were pressed while an answer was on its way. They are for the statement and issue that were seen then, except
  // that undo is about what was answered.
  let waiting = [];

  const seen = () => { const form = main().querySelector('form[data-unit]'); return form ? form.dataset.unit : null; };
  // Why there is no page: the desk's own reason, or that it does not answer at all.
  const wrong = why => {
    const line = status();
    line.textContent = why || line.dataset.offline;
    line.classList.add('wrong');
  };
  const reason = async response => (response.headers.get('content-type') || '').startsWith('text/plain')
    ? (await response.text()).trim() : '';

  // What can be unfolded: by its class, or else by its number, because some parts are not on every page.
  const folds = () => {
    let number = 0;
    return [...main().querySelectorAll('details')].map(one => [one.className || number++, one]);
  };

  // The page that comes back takes the place of the main part: as elements, so that nothing in it runs.
  const put = async (response) => {
    const why = await reason(response);
    if (why) { wrong(why); return false; }
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.getElementById('main');
    if (!fresh) { wrong(); return false; }
    const open = new Map(folds().map(([name, one]) => [name, one.open]));
    const silent = !keys();
    // The status line stays, so that a screen reader says what is new in it.
    const line = status(), said = fresh.querySelector('#status');
    const words = said.textContent.trim();
    said.replaceWith(line);
    main().replaceChildren(...fresh.childNodes);
    line.classList.remove('wrong');
    line.textContent = words;
    folds().forEach(([name, one]) => { if (open.get(name)) one.open = true; });
    const box = document.getElementById('keys');
    if (box && silent) box.checked = false;
    document.title = page.title;
    document.querySelector('header').replaceChildren(...page.querySelector('header').childNodes);
    history.replaceState(null, '', response.headers.get('stance-address') || response.url);
    const field = main().querySelector('[aria-invalid]');
    if (field) { field.focus(); return true; }
    main().focus({ preventScroll: true });
    const late = main().querySelector('.statement');
    if (late && late.getBoundingClientRect().top < 0) late.scrollIntoView();
    return true;
  };

  const ask = async (address, options) => {
    busy = true;
    const late = setTimeout(() => status().classList.add('late'), 400);
    try {
      const headers = { 'stance-script': '1' };
      const response = await fetch(address, { credentials: 'same-origin', cache: 'no-store', headers, ...options });
      if (!await put(response)) waiting = [];
    } catch (error) {
      wrong();
      waiting = [];
    }
    clearTimeout(late);
    busy = false;
    const next = waiting.shift();
    if (next && (next.key === 'u' || next.unit === seen())) press(next.key); else waiting = [];
  };

  const send = (form, button) => {
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.set(button.name, button.value);
    ask(form.getAttribute('action'), { method: 'POST', body });
  };

  const control = key => [...main().querySelectorAll('[data-key]')].find(one => one.dataset.key === key);
  let noting = null;

  const press = key => {
    const target = control(key);
    if (!target) return;
    if (busy) { waiting.push({ key, unit: seen() }); return; }
    if (target.matches('input, textarea')) { target.focus(); target.select(); return; }
    const note = document.getElementById('rationale');
    const stale = note && note.value === note.defaultValue && target.getAttribute('aria-pressed') !== 'true';
    if ('note' in target.dataset && note && (stale || !note.value.trim())) {
      // A note says why. Enter sends it, with or without words. One of another answer says nothing about this one.
      noting = target;
      note.value = '';
      note.focus();
      return;
    }
    target.click();
  };

  addEventListener('keydown', event => {
    const typing = event.target.closest('input:not([type=checkbox]), textarea, select');
    if (typing) {
      if (event.key === 'Escape') {
        if (noting) typing.value = typing.defaultValue;
        noting = null;
        typing.blur();
        main().focus({ preventScroll: true });
      }
      if (event.key === 'Enter' && typing.dataset.enter) {
        event.preventDefault();
        document.getElementById(typing.dataset.enter).click();
      }
      if (event.key === 'Enter' && typing.id === 'rationale') {
        event.preventDefault();
        const button = noting;
        noting = null;
        typing.blur();
        main().focus({ preventScroll: true });
        if (button && button.isConnected) button.click();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keys()) return;
    if (event.key === ' ' && event.target.closest('button, a, summary, input')) return;
    if (!control(event.key)) {
      // A key that looks as if it could be one, where keys answer.
      const line = status();
      if (/^[\p{L}\p{N}?]$/u.test(event.key) && document.getElementById('keys') && main().querySelector('[data-key]') && !busy) {
        line.classList.remove('wrong');
        line.textContent = line.dataset.noKey.replace('%1', event.key);
      }
      return;
    }
    event.preventDefault();
    if (event.repeat) return;
    press(event.key);
  });

  addEventListener('submit', event => {
    const form = event.target;
    if (!('swap' in form.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    if (busy) return;
    send(form, event.submitter);
  });

  // The rules: their faults as they are typed, beside the line, then what takes longer. One text is tried at a time.
  const text = document.querySelector('textarea[data-trial]');
  if (text) {
    const lines = document.querySelector('.lines');
    const trial = document.getElementById(text.dataset.trial);
    let wait = 0, asked = 0, trying = false, again = false;
    const number = () => {
      const faulty = new Set([...trial.querySelectorAll('[data-line]')].map(one => Number(one.dataset.line)));
      const count = text.value.split('\n').length;
      // Most keys change neither.
      const drawn = [count, ...faulty].join();
      if (lines.dataset.drawn !== drawn) {
        lines.dataset.drawn = drawn;
        lines.replaceChildren();
        for (let line = 1; line <= count; line++) {
          const one = document.createElement(faulty.has(line) ? 'b' : 'span');
          one.textContent = line + '\n';
          lines.append(one);
        }
      }
      lines.style.maxHeight = text.clientHeight + 'px';
      lines.scrollTop = text.scrollTop;
    };
    const part = async (address) => {
      const body = new URLSearchParams({ text: text.value });
      const answer = await fetch(address, { method: 'POST', body, credentials: 'same-origin', cache: 'no-store' });
      if (!answer.ok) throw new Error(await reason(answer));
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      return [...page.body.childNodes];
    };
    const attempt = async () => {
      if (trying) { again = true; return; }
      trying = true;
      const mine = asked;
      try {
        const name = one => one.querySelector('summary').textContent;
        const open = new Map([...trial.querySelectorAll('details')].map(one => [name(one), one.open]));
        const labels = await part('trial');
        if (mine === asked) {
          trial.replaceChildren(...labels);
          trial.querySelectorAll('details').forEach(one => { one.open = open.get(name(one)) ?? one.open; });
          number();
          const verdicts = await part('verdicts').catch(() => []);
          if (mine === asked) trial.append(...verdicts);
        }
      } catch (error) {
        wrong(error instanceof TypeError ? '' : error.message);
      }
      trying = false;
      if (again) { again = false; attempt(); }
    };
    text.addEventListener('input', () => {
      number();
      asked++;
      clearTimeout(wait);
      wait = setTimeout(attempt, 120);
    });
    text.addEventListener('scroll', () => { lines.scrollTop = text.scrollTop; });
    trial.addEventListener('click', event => {
      const place = event.target.closest('[data-line]');
      if (!place) return;
      event.preventDefault();
      const before = text.value.split('\n').slice(0, place.dataset.line - 1).join('\n').length;
      const at = Math.min(text.value.length, before + (place.dataset.line > 1 ? 1 : 0) + Number(place.dataset.column) - 1);
      text.focus();
      text.setSelectionRange(at, at);
      text.scrollTop = (place.dataset.line - 5) * text.scrollHeight / text.value.split('\n').length;
    });
    const began = text.value;
    let leaving = false;
    text.form.addEventListener('submit', () => { leaving = true; });
    const unsaved = () => 'unsaved' in text.dataset || text.value !== began;
    addEventListener('beforeunload', event => { if (!leaving && unsaved()) event.preventDefault(); });
    number();
    if (text.dataset.show) {
      const line = Number(text.dataset.show), lines = text.value.split('\n');
      const at = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
      text.focus({ preventScroll: true });
      text.setSelectionRange(at, at);
      text.scrollTop = (line - 1) * text.scrollHeight / lines.length;
      text.scrollIntoView({ block: 'nearest' });
    }
  }

  // From a statement to why it has its labels.
  const why = id => {
    const link = document.createElement('a');
    link.href = 'why?p=' + encodeURIComponent(id);
    link.className = 'small';
    link.textContent = status().dataset.why;
    return link;
  };
  const lead = within => {
    for (const row of within.querySelectorAll('table.statements tbody tr[id]')) {
      row.cells[row.cells.length - 1].append(document.createElement('br'), why(row.id));
    }
  };
  lead(document);

  // A part of the page, asked for alone: as elements, so that nothing in it runs. `null` if it is a whole page.
  const parts = async address => {
    const headers = { 'stance-script': '1' };
    const response = await fetch(address, { credentials: 'same-origin', cache: 'no-store', headers });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return response.ok && !page.getElementById('main') ? [...page.body.children] : null;
  };

  // The statement of a mark that is not among the rows here.
  const cards = new Map();
  addEventListener('missing', async event => {
    const { statement, put } = event.detail;
    try {
      const card = cards.get(statement) || await parts('why?p=' + encodeURIComponent(statement));
      if (!card) return;
      cards.set(statement, card);
      put([...card.map(one => one.cloneNode(true)), why(statement)]);
    } catch (error) {
      // The words of the mark stay where they are.
    }
  });

  // Other rows, while the pictures stay as they are.
  addEventListener('submit', async event => {
    const form = event.target, button = event.submitter;
    if (!form.dataset.part || event.defaultPrevented) return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(form));
    if (button && button.name) query.set(button.name, button.value);
    const [path, hash] = form.getAttribute('action').split('#');
    const address = path + '?' + query + '#' + hash;
    try {
      const fresh = await parts(address);
      if (!fresh) { location.href = address; return; }
      document.getElementById(form.dataset.part).replaceChildren(...fresh);
      const section = document.getElementById(form.dataset.part);
      history.replaceState(null, '', address);
      lead(section);
      section.dispatchEvent(new Event('fresh', { bubbles: true }));
      // A mark whose row is gone leads to the page of its statement.
      for (const mark of document.querySelectorAll('.chart a[href^="#stance-"]')) {
        const id = mark.getAttribute('href').slice(1);
        if (!document.getElementById(id)) mark.setAttribute('href', 'why?p=' + id);
      }
      section.scrollIntoView();
      const head = section.querySelector('h2');
      head.tabIndex = -1;
      head.focus({ preventScroll: true });
    } catch (error) {
      wrong();
    }
  });

  // Whoever comes back from an editor sees whether the fault is repaired.
  addEventListener('focus', () => { if (!busy && main().querySelector('[data-again]')) ask(location.href, {}); });

  addEventListener('click', event => {
    const link = event.target.closest('a[data-swap]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!busy) ask(link.href, {});
  });
})();
