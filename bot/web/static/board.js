// Draws a chart from the table that stands behind it: the table is the truth, the picture only shows it.
(() => {
  'use strict';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let drawn = [];

  function colours() {
    const style = getComputedStyle(document.body), of = (name) => style.getPropertyValue('--' + name).trim();
    return { ink: of('ink'), soft: of('soft'), line: of('line'), accent: of('accent'), second: of('second'), paper: of('paper'), heat: [5, 4, 3, 2, 1].map((step) => of('heat-' + step)) };
  }

  function read(table) {
    return Array.from(table.tBodies[0].rows, (row) => {
      const cells = Array.from(row.cells, (cell) => cell.textContent.trim());
      return { name: cells[0], count: Number(cells[1]), done: cells.length > 2 ? Number(cells[2]) : null, link: row.querySelector('a') };
    });
  }

  const text = (colour, size) => ({ color: colour, fontSize: size, fontFamily: getComputedStyle(document.body).fontFamily });

  // Every day's filings: what is done below, what is not yet above it.
  function daily(rows, c, size) {
    return {
      grid: { left: 4, right: 8, top: 14, bottom: 4, containLabel: true },
      xAxis: { type: 'category', data: rows.map((row) => row.name), axisLabel: text(c.soft, size), axisLine: { lineStyle: { color: c.line } }, axisTick: { show: false } },
      yAxis: { type: 'value', minInterval: 1, axisLabel: text(c.soft, size), splitLine: { lineStyle: { color: c.line } } },
      series: [
        { type: 'bar', stack: 'all', name: '已办好', data: rows.map((row) => row.done), itemStyle: { color: c.accent } },
        { type: 'bar', stack: 'all', name: '还没办好', data: rows.map((row) => row.count - row.done), itemStyle: { color: c.second, borderRadius: [4, 4, 0, 0] } },
      ],
    };
  }

  function bars(rows, c, size) {
    const order = rows.slice().reverse();
    return {
      grid: { left: 4, right: 46, top: 2, bottom: 2, containLabel: true },
      xAxis: { type: 'value', show: false, minInterval: 1 },
      yAxis: { type: 'category', data: order.map((row) => row.name), axisLabel: { ...text(c.ink, size), width: 150, overflow: 'truncate' }, axisLine: { show: false }, axisTick: { show: false } },
      series: [{ type: 'bar', data: order.map((row) => row.count), barMaxWidth: 22, itemStyle: { color: c.accent, borderRadius: [0, 5, 5, 0] }, label: { show: true, position: 'right', ...text(c.ink, size) } }],
    };
  }

  function ring(rows, c, size) {
    const palette = [c.accent, c.heat[1], c.heat[2], c.second, c.heat[3], c.heat[0]];
    return {
      color: palette,
      series: [{
        type: 'pie', radius: innerWidth < 500 ? ['38%', '60%'] : ['46%', '74%'], itemStyle: { borderColor: c.paper, borderWidth: 2 },
        label: { formatter: '{b}\n{c} 件', ...text(c.ink, size) }, labelLine: { length: 8, length2: 6, lineStyle: { color: c.soft } },
        data: rows.map((row) => ({ name: row.name, value: row.count })),
      }],
    };
  }

  const SHAPES = { daily, kind: ring };

  function draw() {
    drawn.forEach((chart) => chart.dispose());
    const c = colours(), size = innerWidth >= 1700 ? 15 : 13;
    drawn = Array.from(document.querySelectorAll('[data-chart]'), (place) => {
      const rows = read(place.parentElement.querySelector('table')), told = place.dataset.told;
      const inner = document.createElement('div');
      inner.className = 'canvas';
      place.replaceChildren(inner);
      const chart = echarts.init(inner, null, { renderer: 'canvas' });
      chart.setOption({ animation: false, aria: { enabled: true, label: { description: told } }, ...(SHAPES[place.dataset.chart] || bars)(rows, c, size) });
      place.dataset.drawn = 'yes';
      const links = new Map(rows.map((row) => [row.name, row.link]));
      if (rows.some((row) => row.link)) {
        place.classList.add('clickable');
        chart.on('click', (event) => { const link = links.get(event.name); if (link) location.href = link.href; });
      }
      return chart;
    });
  }

  draw();
  document.addEventListener('linli:fresh', draw);
  dark.addEventListener('change', draw);
  addEventListener('resize', () => drawn.forEach((chart) => chart.resize()));
})();
