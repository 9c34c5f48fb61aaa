// The pages work without this file; it keeps a chat live and lets a photo be seen before it goes.
(() => {
  'use strict';
  document.documentElement.classList.add('scripted');
  const byId = (id) => document.getElementById(id);
  const POLL = 5000, CALM = 4, HEAVY = 1.5e6, HEAVIEST = 10 * 1024 * 1024, SIDE = 1600, MOST = 4;
  const PAUSE = 15000, LOST = 10000, FAR = 80;
  const TITLE = document.title;

  // A line to the server says only "look again"; what is new comes over plain HTTP. Where no line can
  // be had, the page looks by itself every few seconds.
  function listen(path, look) {
    let pause = 500, beats = 0, live = false;
    const open = () => {
      const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
      const line = new WebSocket(scheme + '//' + location.host + path);
      line.onopen = () => { pause = 500; live = true; look(); };
      line.onmessage = look;
      line.onclose = () => {
        live = false;
        setTimeout(open, pause * (0.7 + Math.random() * 0.6));
        pause = Math.min(pause * 2, 15000);
      };
    };
    document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
    window.addEventListener('online', look);
    setInterval(() => { beats += 1; if (!live || beats % CALM === 0) look(); }, POLL);
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

  // Behind another window the page says in its title that something new has come.
  function ring() { if (document.hidden) document.title = '（新）' + TITLE; }
  document.addEventListener('visibilitychange', () => { if (!document.hidden) document.title = TITLE; });

  // Up to which message a chat was looked at on this phone.
  function seen(chat, last) {
    try {
      if (last) localStorage.setItem('seen:' + chat, last);
      return Number(localStorage.getItem('seen:' + chat));
    } catch (e) { return Infinity; /* no store, no marks */ }
  }

  // A voice reads what the bot said, where the browser has one that speaks Chinese.
  function readable(said) {
    const voices = window.speechSynthesis;
    if (!voices) return () => {};
    const offer = () => {
      const voice = voices.getVoices().find((one) => one.lang.toLowerCase().startsWith('zh'));
      if (!voice) return;
      said.querySelectorAll('.said.bot .words').forEach((words) => {
        const bubble = words.querySelector('.bubble');
        if (!bubble || words.querySelector('.read')) return;
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'read';
        button.textContent = '听';
        button.setAttribute('aria-label', '读给我听');
        button.onclick = () => {
          const going = button.textContent !== '听';
          voices.cancel();
          if (going) return;
          const words = new SpeechSynthesisUtterance(bubble.textContent);
          words.voice = voice;
          words.lang = voice.lang;
          words.rate = 0.9;
          words.onstart = () => { button.textContent = '停'; };
          words.onend = words.onerror = () => { button.textContent = '听'; };
          voices.speak(words);
        };
        bubble.after(button);
      });
    };
    voices.addEventListener('voiceschanged', offer);
    offer();
    return offer;
  }

  // A page that refuses a form is looked at again by a reload or the back button; it is never sent again.
  history.replaceState(history.state, '', location.href);

  const said = byId('said');
  document.addEventListener('change', (event) => { if (event.target.matches('input[name=photo]')) pick(event.target); });
  document.addEventListener('submit', withPhotos, true);
  document.addEventListener('submit', onItsWay);
  window.addEventListener('pageshow', () => document.querySelectorAll('.going').forEach((form) => form.classList.remove('going')));
  if (said) chat(said);
  document.querySelectorAll('[data-fresh]').forEach(keepFresh);
  document.querySelectorAll('[data-count]').forEach(count);
  if (byId('chats')) unread();

  // A big photo is made smaller on the phone: it arrives after all, and soon. A HEIC (iPhones hand over JPEG by
  // themselves, a Mac does not) becomes JPEG where the browser can read it; elsewhere the server says what to do.
  async function shrunk(file) {
    const foreign = /hei[cf]/i.test(file.type + file.name.slice(-5));
    if (file.size < HEAVY && !foreign) return file;
    try {
      const image = await createImageBitmap(file), canvas = document.createElement('canvas');
      const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      const brush = canvas.getContext('2d');
      brush.fillStyle = '#fff';
      brush.fillRect(0, 0, canvas.width, canvas.height);
      brush.drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
      return blob && (foreign || blob.size < file.size) ? new File([blob], 'photo.jpg', { type: blob.type }) : file;
    } catch (e) { return file; }
  }

  // Shows what was picked and, for as long as it is so, what cannot be sent and why.
  async function pick(input) {
    const form = input.form, button = form.querySelector('button:not([type])');
    form.left = form.more = '';
    form.ready = (async () => {
      const files = await Promise.all(Array.from(input.files, shrunk));
      const good = files.filter((file) => file.size && file.size <= HEAVIEST), chosen = new DataTransfer();
      good.slice(0, MOST).forEach((file) => chosen.items.add(file));
      if (files.some((file) => !file.size)) form.left = '有照片是空的，没有放进来，请重新选一张。';
      else if (good.length < files.length) form.left = '有照片太大（超过 10 MB），没有放进来。请选小一点的，或截个屏再选。';
      else if (good.length > MOST) form.more = '一次最多 ' + MOST + ' 张，还有 ' + (good.length - MOST) + ' 张没有放进来。';
      input.files = chosen.files;
      picked(form, input);
    })();
    button.disabled = true;
    await form.ready;
    button.disabled = false;
  }

  function picked(form, input) {
    const area = form.querySelector('.picked'), drop = document.createElement('button'), note = document.createElement('p');
    area.replaceChildren(...Array.from(input.files, (file) => {
      const image = document.createElement('img');
      image.alt = '要发的照片';
      image.src = URL.createObjectURL(file);
      image.onload = image.onerror = () => URL.revokeObjectURL(image.src);
      return image;
    }));
    const amiss = form.left || form.more;
    note.className = amiss ? 'trouble' : '';
    note.setAttribute('role', amiss ? 'alert' : 'status');
    note.textContent = form.left || (form.more || '') + input.files.length + ' 张照片，按“' + area.dataset.go + '”发出';
    drop.type = 'button';
    drop.className = 'btn grey';
    drop.textContent = form.left && !input.files.length ? '不发照片了' : '去掉照片';
    drop.onclick = () => { input.value = form.left = form.more = ''; picked(form, input); };
    area.append(note, drop);
    area.hidden = !input.files.length && !form.left;
  }

  // Nothing goes while a photo is missing that somebody believes to be in it.
  function withPhotos(event) {
    const form = event.target;
    if (!form.left) return;
    event.preventDefault();
    event.stopPropagation();
    const area = form.querySelector('.picked');
    area.querySelector('p').textContent = form.left + '所以还没有发。换一张，或先按“' + area.querySelector('button').textContent + '”。';
    area.scrollIntoView({ block: 'nearest' });
  }

  // A form that has been sent says so, and a second tap meanwhile is no second deed.
  function onItsWay(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (form.classList.contains('going')) event.preventDefault();
    form.classList.add('going');
    setTimeout(() => form.classList.remove('going'), LOST);
  }

  function chat(said) {
    const compose = byId('compose'), press = byId('press'), toast = byId('toast'), talk = byId('talk'), below = byId('below');
    const say = compose.elements.text, photo = compose.elements.photo, send = compose.querySelector('.send');
    let sending = false, unsent = false, going = '', ends = []; // where each further message ends that waits its turn

    const offerVoice = readable(said);

    const pull = oneAtATime(async () => {
      const last = said.lastElementChild ? said.lastElementChild.dataset.id : 0;
      const answer = await fetch(said.dataset.news + '?id=' + last, { headers: { 'HX-Request': 'true' } });
      if (answer.status === 401) location.reload(); // signed out meanwhile: the page says what to do
      if (!answer.ok) return;
      const page = fragment(await answer.text());
      const fresh = page.querySelectorAll('[data-part=bubbles] > .said');
      fresh.forEach((one) => {
        if (byId(one.id)) return;
        one.classList.add('new');
        said.append(one);
      });
      offerVoice();
      look();
      arrived(Array.from(fresh).some((one) => !one.matches('.me')), Array.from(fresh).some((one) => one.matches('.me')));
      const chips = page.getElementById('chips');
      if (chips.dataset.day !== byId('chips').dataset.day) await redate();
      if (chips.outerHTML !== byId('chips').outerHTML) byId('chips').replaceWith(chips);
      settle();
      if (unsent) compose.requestSubmit(); // the server is there again
    });

    // Who has spoken sees it; who reads further up is told that something came, and stays there.
    function arrived(theirs, mine) {
      if (mine) talk.scrollTop = 0;
      if (theirs) { ring(); below.hidden = talk.scrollTop > -FAR; }
    }
    below.addEventListener('click', () => { talk.scrollTop = 0; below.hidden = true; });
    talk.addEventListener('scroll', () => { if (talk.scrollTop > -FAR) below.hidden = true; });

    function look() {
      const last = said.lastElementChild;
      if (last && said.dataset.live && !document.hidden) seen(said.dataset.chat, last.dataset.id);
    }
    look();

    // After midnight the times of the day before say so.
    async function redate() {
      const answer = await fetch(location.href);
      if (!answer.ok) return;
      fragment(await answer.text()).querySelectorAll('.said .time').forEach((time) => {
        const old = document.querySelector('#' + time.closest('.said').id + ' .time');
        if (old) old.textContent = time.textContent;
      });
    }

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

    // What was written or picked while the last words travelled stays.
    function clear(files) {
      const typed = say.value, on = typed.startsWith(going), kept = photo.files;
      compose.reset();
      quote(null);
      say.value = on ? typed.slice(going.length) : typed;
      ends = on ? ends.map((end) => end - going.length) : [];
      if (kept !== files) photo.files = kept; else compose.more = '';
      picked(compose, photo);
      compose.elements.uuid.value = once();
      keep();
    }

    // What is being written outlives a reload and the back button, in this tab only.
    function keep() {
      const draft = say.value && JSON.stringify([say.value, compose.elements.uuid.value]);
      try { sessionStorage.setItem(said.dataset.news, draft); } catch (e) { /* no room, no draft */ }
    }

    try {
      const draft = !say.value && sessionStorage.getItem(said.dataset.news);
      if (draft) [say.value, compose.elements.uuid.value] = JSON.parse(draft);
    } catch (e) { /* the page begins empty */ }

    // Other words are another message: what may have arrived before is not overwritten by them.
    function changed() {
      if (unsent) {
        [compose.elements.uuid.value, ends] = [once(), []];
        tell(''); // it no longer goes out by itself
      }
      unsent = false;
      keep();
    }
    say.addEventListener('input', changed);
    photo.addEventListener('change', changed);

    compose.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (sending && say.value.length > (ends.at(-1) || going.length)) ends.push(say.value.length);
      if (sending || (!say.value.trim() && !photo.files.length)) return;
      sending = send.disabled = true;
      going = say.value.slice(0, ends.shift());
      try {
        await compose.ready;
        const files = photo.files, data = new FormData(compose);
        data.set('text', going);
        const trouble = await hand(compose, data);
        unsent = false;
        tell(trouble);
        if (trouble) ends = []; else clear(files);
      } catch (e) {
        // The same words go out again with the same one-time word: what did arrive is not doubled.
        unsent = true;
        if (say.value.startsWith(going)) ends.unshift(going.length);
        else [compose.elements.uuid.value, ends] = [once(), []];
        tell('网络断了，还没有发出去。连上以后会自己发，您不用重写，也不会发重。');
      } finally {
        sending = send.disabled = false;
        if (!unsent) pull();
        if (!unsent && ends.length) compose.requestSubmit();
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

  // Chats in which others have said something since they were looked at are marked.
  function unread() {
    const mark = () => document.querySelectorAll('[data-last]').forEach((one) => {
      one.querySelector('.chat-new').hidden = Number(one.dataset.last) <= seen(one.getAttribute('href'));
    });
    document.addEventListener('linli:fresh', mark);
    window.addEventListener('pageshow', mark);
    mark();
  }

  // Tasks and the list of chats: fetched again after news, never while somebody is writing in them.
  function keepFresh(tasks) {
    let shown = tasks.innerHTML, written = 0;
    // What was refused stands at the form's address: a reload leads to the page, and until then its words stay.
    if (tasks.dataset.page && location.pathname !== tasks.dataset.page) {
      history.replaceState(null, '', tasks.dataset.page);
      return;
    }
    tasks.addEventListener('input', () => { written = Date.now(); });
    listen(tasks.dataset.fresh, oneAtATime(async () => {
      const picked = Array.from(tasks.querySelectorAll('input[type=file]')).some((one) => one.files.length);
      if (picked || Date.now() - written < PAUSE) return;
      const answer = await fetch(location.href);
      if (!answer.ok) return;
      const fresh = fragment(await answer.text()).querySelector('[data-fresh]');
      if (!fresh || fresh.innerHTML === shown || Date.now() - written < PAUSE) return;
      shown = fresh.innerHTML;
      const open = Array.from(tasks.querySelectorAll('details'), (one) => one.open), active = document.activeElement;
      const fields = Array.from(tasks.querySelectorAll('textarea[id], input[type=search]'));
      tasks.replaceChildren(...fresh.childNodes);
      tasks.querySelectorAll('details').forEach((one, place) => { one.open = open[place] || one.open; });
      fields.forEach((old) => again(old, old === active));
      document.dispatchEvent(new Event('linli:fresh'));
      ring();
    }));
  }

  // What somebody has begun to write and left stands in the new page too.
  function again(old, active) {
    const field = byId(old.id);
    if (!field) return;
    if (old.value !== old.defaultValue) field.value = old.value;
    if (active) field.focus({ preventScroll: true });
  }

  function count(field) {
    const out = byId(field.dataset.count), most = Number(field.dataset.most);
    const show = () => {
      const length = Array.from(field.value.replace(/\r\n/g, '\n').trim()).length;
      out.textContent = length + ' / ' + most + ' 字' + (length > most ? '，太长了，请删去 ' + (length - most) + ' 字' : '');
      out.classList.toggle('late', length > most);
    };
    field.addEventListener('input', show);
    show();
  }
})();
