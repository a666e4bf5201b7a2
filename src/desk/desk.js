// Presses buttons by keys, and puts what the desk answers into the page. Everything here can be done without it: each
// button is one of a form, and each step a link.
'use strict';
(() => {
  const main = () => document.getElementById('main');
  const status = () => document.getElementById('status');
  const refused = () => document.getElementById('refused');
  // What was done is said when a screen reader is free, and what was refused at once.
  const tell = (words, wrong) => {
    status().textContent = wrong ? '' : words;
    refused().textContent = wrong ? words : '';
  };
  const keys = () => { const box = document.getElementById('keys'); return !box || box.checked; };
  let busy = false;
  // Keys that were pressed while an answer was on its way. They are for the statement and issue that were seen then, except
  // that undo is about what was answered.
  let waiting = [];

  const seen = () => { const form = main().querySelector('form[data-unit]'); return form ? form.dataset.unit : null; };
  // Why there is no page: the desk's own reason, or that it does not answer at all.
  const wrong = why => tell(why || status().dataset.offline, true);
  const reason = async response => (response.headers.get('content-type') || '').startsWith('text/plain')
    ? (await response.text()).trim() : '';

  // What can be unfolded: by its class, or else by its number, because some parts are not on every page.
  const folds = () => {
    let number = 0;
    return [...main().querySelectorAll('details')].map(one => [one.className || number++, one]);
  };

  // What a page that came back says. The two lines stay, so that a screen reader says what is new in them.
  const said = fresh => {
    const words = ['#status', '#refused'].map(line => fresh.querySelector(line).textContent.trim());
    return words[1] ? [words[1], true] : [words[0], false];
  };

  // The address of what is in the page. The browser's own differs for a moment, when someone goes back.
  const here = () => location.pathname + location.search;
  let shown = here();
  // The form has the address of what it is about, if the page was opened without naming it.
  const settled = address => {
    const form = main().querySelector('form[data-address]');
    const to = new URL(form ? form.dataset.address : address, location.href);
    return to.pathname + to.search + (form ? '' : to.hash);
  };

  // A note that was typed and not sent: the desk keeps it for when its statement is shown again.
  const note = () => document.getElementById('rationale');
  // One that was kept and is empty now is forgotten. Whether the page can be left.
  const keep = async () => {
    const field = note();
    if (!field || field.value === field.defaultValue || (!field.value.trim() && !('draft' in field.dataset))) return true;
    const sent = field.value, body = new URLSearchParams(new FormData(field.form));
    body.set('do', 'keep');
    const options = { method: 'POST', body, credentials: 'same-origin', keepalive: true };
    const response = await fetch(field.form.getAttribute('action'), options);
    // Only a desk that has it answers so.
    if (!response.ok || response.redirected) { wrong(await reason(response)); return false; }
    field.defaultValue = sent;
    if (sent.trim()) field.dataset.draft = ''; else delete field.dataset.draft;
    return true;
  };
  addEventListener('pagehide', () => { keep().catch(() => {}); });

  // The page that comes back takes the place of the main part: as elements, so that nothing in it runs.
  const put = async (response, back) => {
    const why = await reason(response);
    if (why) { wrong(why); return false; }
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.getElementById('main');
    if (!fresh) { wrong(); return false; }
    const open = new Map(folds().map(([name, one]) => [name, one.open]));
    const silent = !keys();
    const lines = [status(), refused()], words = said(fresh);
    lines.forEach(line => fresh.querySelector('#' + line.id).replaceWith(line));
    main().replaceChildren(...fresh.childNodes);
    tell(...words);
    folds().forEach(([name, one]) => { if (open.get(name)) one.open = true; });
    const box = document.getElementById('keys');
    if (box && silent) box.checked = false;
    document.title = page.title;
    document.querySelector('header').replaceChildren(...page.querySelector('header').childNodes);
    // Each statement has a place in the history, so that the browser goes back to it. Nothing is sent again.
    const to = settled(response.headers.get('stance-address') || response.url);
    if (to === here() || back) history.replaceState(null, '', to); else history.pushState(null, '', to);
    shown = here();
    const field = main().querySelector('[aria-invalid]');
    if (field) { field.focus(); return true; }
    main().focus({ preventScroll: true });
    const late = main().querySelector('.statement');
    if (late && late.getBoundingClientRect().top < 0) late.scrollIntoView();
    return true;
  };

  const ask = async (address, options, back) => {
    busy = true;
    const late = setTimeout(() => status().classList.add('late'), 400);
    try {
      const headers = { 'stance-script': '1' };
      const free = (options.body && options.body.has('rationale')) || await keep();
      const load = () => fetch(address, { credentials: 'same-origin', cache: 'no-store', headers, ...options });
      if (!free || !await put(await load(), back)) waiting = [];
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
    const field = note();
    const stale = field && field.value === field.defaultValue && !('draft' in field.dataset)
      && target.getAttribute('aria-pressed') !== 'true';
    if ('note' in target.dataset && field && (stale || !field.value.trim())) {
      // A note says why. Enter sends it, with or without words. One of another answer says nothing about this one.
      noting = target;
      field.value = '';
      field.focus();
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
      if (/^[\p{L}\p{N}?]$/u.test(event.key) && document.getElementById('keys') && main().querySelector('[data-key]') && !busy) {
        tell(status().dataset.noKey.replace('%1', event.key));
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

  // The browser goes back or on: to the page of that address, which is only asked for.
  history.replaceState(null, '', settled(location.href));
  shown = here();
  addEventListener('popstate', () => {
    // An answer that is on its way brings its own page.
    if (here() !== shown && !busy) ask(location.href, {}, true);
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
    let began = text.value;
    const unsaved = () => 'unsaved' in text.dataset || text.value !== began;
    addEventListener('beforeunload', event => { if (unsaved()) event.preventDefault(); });
    const show = line => {
      const lines = text.value.split('\n');
      const at = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
      text.focus({ preventScroll: true });
      text.setSelectionRange(at, at);
      text.scrollTop = (line - 1) * text.scrollHeight / lines.length;
      text.scrollIntoView({ block: 'nearest' });
    };
    // What a button finds comes beside the text. The text, the place in it and what is selected stay, also what was typed
    // since it was sent. Only a rule that was made is added at its end.
    const beside = async (response, hash, sent) => {
      const why = await reason(response);
      if (why) { wrong(why); return; }
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const fresh = page.getElementById('main'), field = fresh && fresh.querySelector('#text');
      // Another page, because the corpus cannot be read now: it says why, and the text stays.
      if (!field) { wrong(fresh && (fresh.querySelector('h1') || fresh).textContent.trim()); return; }
      tell(...said(fresh));
      main().querySelectorAll('section.faults').forEach(one => one.remove());
      main().querySelector('#status').after(...fresh.querySelectorAll('section.faults'));
      text.form.elements.was.value = fresh.querySelector('[name=was]').value;
      const focused = document.activeElement && document.activeElement.id;
      trial.replaceChildren(...fresh.querySelector('#trial').childNodes);
      while (trial.nextSibling) trial.nextSibling.remove();
      while (fresh.querySelector('#trial').nextSibling) trial.parentNode.append(fresh.querySelector('#trial').nextSibling);
      delete text.dataset.unsaved;
      const typed = text.value !== sent, before = sent.trimEnd();
      if (!typed && text.value !== field.value) {
        text.value = field.value;
        delete lines.dataset.drawn;
      } else if (typed && field.dataset.show && field.value.startsWith(before)) {
        text.value = text.value.trimEnd() + field.value.slice(before.length);
        delete lines.dataset.drawn;
      }
      began = 'unsaved' in field.dataset ? null : field.value;
      number();
      // What was found is of the text that was sent.
      if (typed) attempt();
      if (focused && focused !== document.activeElement.id) document.getElementById(focused)?.focus({ preventScroll: true });
      const count = value => value.split('\n').length;
      if (field.dataset.show) show(Number(field.dataset.show) + count(text.value) - count(field.value));
      else if (hash && hash !== 'text') document.getElementById(hash).scrollIntoView({ block: 'nearest' });
    };
    let sending = false;
    text.form.addEventListener('submit', async event => {
      event.preventDefault();
      // A second press would send what is old once the first is done.
      if (sending) return;
      sending = true;
      const sent = text.value;
      const button = event.submitter, body = new URLSearchParams(new FormData(text.form));
      if (button && button.name) body.set(button.name, button.value);
      const hash = button && (button.getAttribute('formaction') || '').split('#')[1];
      // What is tried of an earlier text is not shown any more.
      asked++;
      clearTimeout(wait);
      try {
        const headers = { 'stance-script': '1' };
        await beside(await fetch('rules', { method: 'POST', body, headers, credentials: 'same-origin', cache: 'no-store' }), hash, sent);
      } catch (error) {
        wrong();
      }
      sending = false;
    });
    number();
    if (text.dataset.show) show(Number(text.dataset.show));
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
      shown = here();
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
