// Opens a GraphiQL page in a browser, runs a query there and prints what it saw.
//
//   node graphiql.mjs CHROMIUM URL QUERY SCREENSHOT
//
// Every request to another origin than the page's own is refused and reported.
import { chromium } from "playwright-core";

const [executablePath, address, query, screenshot] = process.argv.slice(2);
const origin = new URL(address).origin;
const SECOND = 1000;

const browser = await chromium.launch({
  executablePath,
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${new URL(address).hostname}`,
  ],
});
const seen = { requests: [], foreign: [], errors: [], posted: [] };
try {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 1000 },
    serviceWorkers: "block",
  });
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (isOwn(url)) {
      return route.continue();
    }
    seen.foreign.push(url);
    return route.abort();
  });
  context.setDefaultTimeout(20 * SECOND);
  context.on("request", (request) => {
    seen.requests.push(`${request.method()} ${request.url()}`);
    if (request.method() === "POST") {
      seen.posted.push({ headers: request.headers(), body: request.postData() });
    }
  });
  context.on("page", (page) =>
    page.on("websocket", (socket) => seen.foreign.push(socket.url())),
  );
  context.on("console", (message) => {
    if (message.type() === "error") {
      seen.errors.push(message.text());
    }
  });
  context.on("weberror", (failure) => seen.errors.push(String(failure.error())));
  context.on("response", (response) => {
    if (response.status() >= 400) {
      seen.errors.push(`${response.status()} ${response.url()}`);
    }
  });

  const page = await context.newPage();
  await open(page, address);
  seen.title = await page.title();
  seen.example = await text(page, ".graphiql-query-editor");
  seen.exampleResult = await answer(page);
  await page.screenshot({ path: screenshot });

  await page.click(".graphiql-query-editor .CodeMirror");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(query);
  seen.typed = await answer(page);

  const shared = await context.newPage();
  await open(shared, `${address}?query=${encodeURIComponent(query)}`);
  seen.linkedQuery = await text(shared, ".graphiql-query-editor");
  seen.linked = await answer(shared);
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));

function isOwn(url) {
  return url.startsWith("data:") || url.startsWith("blob:") || new URL(url).origin === origin;
}

/** Waits until the page has asked for the schema and shows its editor. */
async function open(page, url) {
  const schema = page.waitForResponse((response) => response.request().method() === "POST");
  await page.goto(url);
  await schema;
  await page.waitForSelector(".graphiql-query-editor .CodeMirror");
}

/** Presses the button and reads what the page then shows as result. */
async function answer(page) {
  const posted = page.waitForResponse((response) => response.request().method() === "POST");
  await page.click(".graphiql-execute-button");
  const sent = await (await posted).json();
  await page.waitForFunction(
    (expected) =>
      document.querySelector(".result-window .CodeMirror")?.CodeMirror.getValue().trim() === expected,
    JSON.stringify(sent, null, 2),
  );
  return text(page, ".result-window");
}

/** The lines that an editor shows, without its line numbers. */
function text(page, editor) {
  return page.$$eval(`${editor} .CodeMirror-line`, (lines) =>
    lines.map((line) => line.innerText).join("\n"),
  );
}
