// Opens a page in Chromium, uses it as a person would, and prints what is seen.
import { chromium } from "playwright-core";

const [address, screenshot] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const asked = [];
const troubles = [];
page.on("request", (request) => asked.push(new URL(request.url()).protocol));
page.on("pageerror", (error) => troubles.push(error.message));
page.on("dialog", (dialog) => { troubles.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
await page.goto(address);

const visible = () => page.locator("svg g:not([hidden]) polygon").count();
const seen = {
  title: await page.locator("h1").textContent(),
  pictures: await page.locator("figure img").evaluateAll((all) => all.filter((one) => one.naturalWidth > 0).length),
  content: await page.locator("#content").textContent(),
  markup: await page.locator("#content *, #hint *").count(),
  kinds: await page.locator("label input").evaluateAll((all) => all.map((one) => one.name)),
  before: await visible(),
};
if (await page.locator("input[name=words]").count()) {
  await page.locator("input[name=words]").check();
  seen.after = await visible();
  const word = page.locator("g[data-kind=words] polygon").last();
  await word.hover();
  seen.hint = await page.locator("#hint").textContent();
  await word.click();
  seen.marked = await page.locator("#content mark").allTextContents();
  await page.locator("input[name=words]").uncheck();
}
if (screenshot) await page.screenshot({ path: screenshot });
console.log(JSON.stringify({ ...seen, asked: [...new Set(asked)], troubles }));
await browser.close();
