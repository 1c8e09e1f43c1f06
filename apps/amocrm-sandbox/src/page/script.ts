import { asset } from './html.js';

/** What the browser runs: the search of the board, and the live list of requests with bodies on click. */
export const SCRIPT = asset`
'use strict';
const search = document.getElementById('search');
const log = document.getElementById('log');
let open = null;

function filter() {
  const wanted = (search ? search.value : '').trim().toLowerCase();
  for (const one of document.querySelectorAll('.card, #log tr[data-id]')) {
    one.hidden = wanted !== '' && !one.textContent.toLowerCase().includes(wanted);
  }
}
if (search) search.addEventListener('input', filter);

function part(title, text) {
  const box = document.createElement('div');
  const head = document.createElement('h4');
  const body = document.createElement('pre');
  head.textContent = title;
  body.textContent = text === '' ? 'пусто' : text;
  box.append(head, body);
  return box;
}

function close() {
  for (const row of document.querySelectorAll('tr.bodies')) row.remove();
  for (const row of document.querySelectorAll('tr.opened')) row.classList.remove('opened');
}

async function show(row) {
  const id = row.dataset.id;
  close();
  open = open === id ? null : id;
  if (open === null) return;
  row.classList.add('opened');
  const answer = await fetch('/_page/requests/' + id);
  const bodies = await answer.json();
  if (open !== id) return;
  close();
  row.classList.add('opened');
  const line = document.createElement('tr');
  const cell = document.createElement('td');
  line.className = 'bodies';
  cell.colSpan = 6;
  cell.append(part('Тело запроса', bodies.request), part('Тело ответа', bodies.answer));
  line.append(cell);
  row.after(line);
}

if (log) {
  log.addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-id]');
    if (row) show(row);
  });
  log.addEventListener('keydown', (event) => {
    const row = event.target.closest('tr[data-id]');
    if (row && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      show(row);
    }
  });
  const live = document.getElementById('live');
  setInterval(async () => {
    // an open row is being read: the list stands still meanwhile
    if (!live.checked || document.hidden || open !== null) return;
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.getElementById('log');
    if (!next || open !== null) return;
    log.replaceChildren(...document.adoptNode(next).children);
    document.getElementById('count').textContent = String(log.children.length);
    filter();
  }, 2000);
}
`;
