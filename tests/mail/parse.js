// parse.js FILE...: what mailparser reads in each mail, a JSON object a line. NODE_PATH has mailparser.
"use strict";
const fs = require("node:fs");
const { simpleParser } = require("mailparser");

async function main(files) {
  for (const file of files) {
    const mail = await simpleParser(fs.readFileSync(file));
    const addresses = (field) => field.value.map(({ address, name }) => [name, address]);
    process.stdout.write(JSON.stringify({
      subject: mail.subject,
      from: addresses(mail.from),
      to: addresses(mail.to),
      message_id: mail.messageId,
      at: mail.date.getTime() / 1000,
      text: mail.text,
      html: mail.html,
      attachments: mail.attachments.length,
      unsubscribe: mail.headers.get("list")?.unsubscribe?.url ?? null,
    }) + "\n");
  }
}

main(process.argv.slice(2));
