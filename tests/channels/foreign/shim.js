// Stands before @vishtar/telegram-test-api and adds what a strict client needs (CONTRIBUTING).
// node shim.js FOLDER-WITH-NODE_MODULES PORT
const { createRequire } = require('module');
const TelegramServer = createRequire(process.argv[2] + '/')('@vishtar/telegram-test-api');
const K = TelegramServer.TelegramServer || TelegramServer;
const format = K.formatUpdate.bind(K);
K.formatUpdate = (update) => {
  const known = format(update);
  if (known.callback_query) known.callback_query.chat_instance = '1';
  return known;
};
const ok = (result) => (req, res) => res.send({ ok: true, result });
const routes = [(app, server) => {
  app.all('/bot:token/getMe', ok({ id: 666, is_bot: true, first_name: 'T', username: 'TestNameBot' }));
  for (const method of ['setMyCommands', 'sendChatAction', 'answerCallbackQuery']) {
    app.all('/bot:token/' + method, ok(true));
  }
  app.all('/bot:token/getUpdates', async (req, res) => {
    const end = Date.now() + 1000 * Number((req.body && req.body.timeout) || 0);
    let result;
    do {
      result = server.getUpdates(req.params.token);
      if (result.length) break;
      await new Promise((later) => setTimeout(later, 50));
    } while (Date.now() < end);
    res.send({ ok: true, result });
  });
}];
new TelegramServer({ port: Number(process.argv[3]), host: '127.0.0.1', storeTimeout: 600 }, { routes }).start();
