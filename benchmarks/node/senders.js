// `node senders.js LIBRARY API TOKEN COUNT FIRST TEXT`: fifty workers that only send; prints messages a second.
import { Api } from "grammy";
import { Telegram } from "telegraf";

const [library, api, token, count, first, text] = process.argv.slice(2);
const sender = {
  grammy: () => new Api(token, { apiRoot: api }),
  telegraf: () => new Telegram(token, { apiRoot: api }),
}[library]();

let next = 0;
async function worker() {
  while (next < Number(count)) {
    await sender.sendMessage(Number(first) + next++, text, { parse_mode: "HTML" });
  }
}

const start = performance.now();
await Promise.all(Array.from({ length: 50 }, worker));
console.log(Number(count) / ((performance.now() - start) / 1000));
process.exit(0);
