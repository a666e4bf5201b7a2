// Presses buttons by keys, and puts what the desk answers into the page. Everything here can be done without it: each
// button is one of a form, and each step a link.
'use strict';
(() => {
  const main = () => document.getElementById('main');
  const status = () => document.getElementById('status');
  const keys = () => { const box = document.getElementById('keys'); return !box || box.checked; };
  let busy = false;
  // Keys that were pressed while an answer was on its way. They are for the statement that was seen then, except that
  // undo is about what was answered.
  let waiting = [];

  const seen = () => { const form = main().querySelector('form[data-statement]'); return form ? form.dataset.statement : null; };
  const wrong = () => {
    const line = status();
    line.textContent = line.dataset.offline;
    line.classList.add('wrong');
  };

  // The page that comes back takes the place of the main part: as elements, so that nothing in it runs.
  const put = async (response) => {
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.getElementById('main');
    if (!fresh) { wrong(); return false; }
    const open = [...main().querySelectorAll('details')].map(one => one.open);
    const silent = !keys();
    // The status line stays, so that a screen reader says what is new in it.
    const line = status(), said = fresh.querySelector('#status');
    const words = said.textContent.trim();
    said.replaceWith(line);
    main().replaceChildren(...fresh.childNodes);
    line.classList.remove('wrong');
    line.textContent = words;
    main().querySelectorAll('details').forEach((one, at) => { if (open[at]) one.open = true; });
    const box = document.getElementById('keys');
    if (box && silent) box.checked = false;
    document.title = page.title;
    document.querySelector('header').replaceChildren(...page.querySelector('header').childNodes);
    history.replaceState(null, '', response.url);
    main().focus({ preventScroll: true });
    const late = main().querySelector('.statement');
    if (late && late.getBoundingClientRect().top < 0) late.scrollIntoView();
    return true;
  };

  const ask = async (address, options) => {
    busy = true;
    const late = setTimeout(() => status().classList.add('late'), 400);
    try {
      if (!await put(await fetch(address, { credentials: 'same-origin', cache: 'no-store', ...options }))) waiting = [];
    } catch (error) {
      wrong();
      waiting = [];
    }
    clearTimeout(late);
    busy = false;
    const next = waiting.shift();
    if (next && (next.key === 'u' || next.statement === seen())) press(next.key); else waiting = [];
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
    if (busy) { waiting.push({ key, statement: seen() }); return; }
    if (target.matches('input, textarea')) { target.focus(); target.select(); return; }
    const note = document.getElementById('rationale');
    if ('note' in target.dataset && note && !note.value.trim()) {
      // A note says why. Enter sends it, with or without words.
      noting = target;
      note.focus();
      return;
    }
    target.click();
  };

  addEventListener('keydown', event => {
    const typing = event.target.closest('input:not([type=checkbox]), textarea, select');
    if (typing) {
      if (event.key === 'Escape') { noting = null; typing.blur(); main().focus({ preventScroll: true }); }
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
    if (!control(event.key)) return;
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

  // The rules: their faults as they are typed, beside the line. What takes longer comes after a pause.
  const text = document.querySelector('textarea[data-trial]');
  if (text) {
    const lines = document.querySelector('.lines');
    const trial = document.getElementById(text.dataset.trial);
    let wait = 0, asked = 0;
    const number = () => {
      const faulty = new Set([...trial.querySelectorAll('[data-line]')].map(one => Number(one.dataset.line)));
      const count = text.value.split('\n').length;
      lines.replaceChildren();
      for (let line = 1; line <= count; line++) {
        const one = document.createElement(faulty.has(line) ? 'b' : 'span');
        one.textContent = line + '\n';
        lines.append(one);
      }
      lines.style.maxHeight = text.clientHeight + 'px';
      lines.scrollTop = text.scrollTop;
    };
    const part = async (address) => {
      const body = new URLSearchParams({ text: text.value });
      const answer = await fetch(address, { method: 'POST', body, credentials: 'same-origin', cache: 'no-store' });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      return [...page.body.childNodes];
    };
    const attempt = async () => {
      const mine = ++asked;
      try {
        const open = [...trial.querySelectorAll('details')].map(one => one.open);
        const parts = await part('trial');
        if (mine !== asked) return;
        trial.replaceChildren(...parts);
        trial.querySelectorAll('details').forEach((one, at) => { if (at in open) one.open = open[at]; });
        number();
        clearTimeout(wait);
        wait = setTimeout(async () => {
          const more = await part('verdicts').catch(() => []);
          if (mine === asked) trial.append(...more);
        }, 700);
      } catch (error) {
        wrong();
      }
    };
    text.addEventListener('input', () => {
      number();
      asked++;
      clearTimeout(wait);
      wait = setTimeout(attempt, 250);
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
    addEventListener('beforeunload', event => { if (!leaving && text.value !== began) event.preventDefault(); });
    number();
  }

  // From a row to why it has its labels.
  for (const row of document.querySelectorAll('table.statements tbody tr[id]')) {
    const link = document.createElement('a');
    link.href = 'why?p=' + encodeURIComponent(row.id);
    link.className = 'small';
    link.textContent = document.body.dataset.why || 'Labels and evidence';
    row.cells[row.cells.length - 1].append(document.createElement('br'), link);
  }

  addEventListener('click', event => {
    const link = event.target.closest('a[data-swap]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!busy) ask(link.href, {});
  });
})();
