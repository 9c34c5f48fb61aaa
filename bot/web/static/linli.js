// The pages work without this file; it keeps a chat live and lets a photo be seen before it goes.
(() => {
  'use strict';
  document.documentElement.classList.add('scripted');
  const byId = (id) => document.getElementById(id);
  const POLL = 20000, HEAVIEST = 10 * 1024 * 1024;

  // A line to the server says only "look again"; what is new comes over plain HTTP.
  function listen(path, look) {
    let pause = 500;
    const open = () => {
      const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
      const line = new WebSocket(scheme + '//' + location.host + path);
      line.onopen = () => { pause = 500; look(); };
      line.onmessage = look;
      line.onclose = () => {
        setTimeout(open, pause * (0.7 + Math.random() * 0.6));
        pause = Math.min(pause * 2, 15000);
      };
    };
    document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
    setInterval(look, POLL);
    open();
  }

  // Runs one look at a time; a poke during a look causes one more.
  function oneAtATime(look) {
    let busy = false, again = false;
    return async function run() {
      if (busy) { again = true; return; }
      busy = true;
      try { await look(); } catch (e) { /* the next poke or poll looks again */ }
      busy = false;
      if (again) { again = false; run(); }
    };
  }

  function fragment(html) {
    return new DOMParser().parseFromString(html, 'text/html');
  }

  function once() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
  }

  const said = byId('said');
  if (said) chat(said);
  document.querySelectorAll('[data-fresh]').forEach(keepFresh);
  document.querySelectorAll('[data-count]').forEach(count);

  function chat(said) {
    const compose = byId('compose'), press = byId('press'), toast = byId('toast');
    const say = compose.elements.text, photo = compose.elements.photo, send = compose.querySelector('.send');

    const pull = oneAtATime(async () => {
      const last = said.lastElementChild ? said.lastElementChild.dataset.id : 0;
      const answer = await fetch(said.dataset.news + '?id=' + last, { headers: { 'HX-Request': 'true' } });
      if (!answer.ok) return;
      const page = fragment(await answer.text());
      const fresh = page.querySelectorAll('[data-part=bubbles] > .said');
      fresh.forEach((one) => {
        if (byId(one.id)) return;
        one.classList.add('new');
        said.append(one);
      });
      const chips = page.getElementById('chips');
      if (chips.outerHTML !== byId('chips').outerHTML) byId('chips').replaceWith(chips);
      settle();
    });

    // Buttons inside cards stay only while they work and are not shown as chips already.
    function settle() {
      const chips = byId('chips'), open = new Set(chips.dataset.live.split(' '));
      const shown = new Set(Array.from(chips.querySelectorAll('button'), (b) => b.value));
      said.querySelectorAll('.card-choice').forEach((b) => { b.hidden = !open.has(b.value) || shown.has(b.value); });
    }

    function tell(words) { toast.textContent = words; toast.hidden = !words; }

    async function hand(form, data) {
      const answer = await fetch(form.action, { method: 'POST', body: data, headers: { 'HX-Request': 'true' } });
      if (answer.ok) return '';
      return fragment(await answer.text()).body.textContent.trim() || '没有发出去，请再试一次。';
    }

    function clear() {
      compose.reset();
      quote(null);
      byId('picked').hidden = true;
      byId('picked').replaceChildren();
      compose.elements.uuid.value = once();
    }

    let sending = false;
    compose.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (sending || (!say.value.trim() && !photo.files.length)) return;
      sending = send.disabled = true;
      try {
        const trouble = await hand(compose, new FormData(compose));
        tell(trouble);
        if (!trouble) clear();
      } catch (e) {
        // The same one-time word goes out again: what did arrive is not doubled.
        tell('网络断了，还没有发出去。连上以后再按一次“发送”，不会发重。');
      } finally {
        sending = send.disabled = false;
        pull();
      }
    });

    say.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && matchMedia('(hover: hover)').matches) {
        event.preventDefault();
        compose.requestSubmit();
      }
    });

    press.addEventListener('submit', async (event) => {
      event.preventDefault();
      const button = event.submitter;
      if (!button || button.disabled) return;
      button.disabled = true;
      const data = new FormData(press);
      data.set('token', button.value);
      data.set('uuid', once());
      try { tell(await hand(press, data)); } catch (e) { tell('网络断了，请再按一次。'); }
      button.disabled = false;
      pull();
    });

    photo.addEventListener('change', () => {
      const heavy = Array.from(photo.files).some((file) => file.size > HEAVIEST);
      tell(heavy ? '照片太大了（超过 10 MB）。请选小一点的，或截个屏再发。' : '');
      if (heavy) photo.value = '';
      const picked = byId('picked');
      picked.replaceChildren(...Array.from(photo.files, (file) => {
        const image = document.createElement('img');
        image.alt = '要发的照片';
        image.src = URL.createObjectURL(file);
        image.onload = image.onerror = () => URL.revokeObjectURL(image.src);
        return image;
      }));
      picked.append(photo.files.length + ' 张照片，按“发送”发出');
      picked.hidden = !photo.files.length;
    });

    // A double tap on a bubble quotes it; another one lets it go.
    said.addEventListener('dblclick', (event) => {
      const bubble = event.target.closest('.bubble');
      if (!bubble) return;
      const message = bubble.closest('.said'), again = compose.elements.quote.value === message.dataset.key;
      quote(again ? null : message, bubble);
    });

    function quote(message, bubble) {
      const bar = byId('quoting');
      compose.elements.quote.value = message ? message.dataset.key : '';
      bar.textContent = message ? '引用 ' + message.querySelector('.name').firstChild.textContent + '：' + bubble.textContent.slice(0, 40) : '';
      bar.hidden = !message;
      say.focus();
    }

    const call = compose.querySelector('[data-say]');
    if (call) call.addEventListener('click', () => {
      if (!say.value.startsWith(call.dataset.say)) say.value = call.dataset.say + say.value;
      say.focus();
    });

    if (said.dataset.live) listen(said.dataset.live, pull);
  }

  // Tasks and the list of chats: fetched again after news, never while somebody is writing in them.
  function keepFresh(tasks) {
    listen(tasks.dataset.fresh, oneAtATime(async () => {
      const active = document.activeElement;
      const writing = tasks.contains(active) && active.value && active.matches('textarea, input');
      const picked = Array.from(tasks.querySelectorAll('input[type=file]')).some((one) => one.files.length);
      if (writing || picked) return;
      const answer = await fetch(location.pathname);
      if (!answer.ok) return;
      const fresh = fragment(await answer.text()).querySelector('[data-fresh]');
      if (fresh && fresh.innerHTML !== tasks.innerHTML) tasks.replaceChildren(...fresh.childNodes);
    }));
  }

  function count(field) {
    const out = byId(field.dataset.count), most = Number(field.dataset.most);
    const show = () => {
      const length = Array.from(field.value.replace(/\r\n/g, '\n').trim()).length;
      out.textContent = length + ' / ' + most + ' 字' + (length > most ? '，太长了，多出来的会被切掉' : '');
      out.classList.toggle('late', length > most);
    };
    field.addEventListener('input', show);
    show();
  }
})();
