// Opens workbooks with a JavaScript library and saves them again, as officers' web systems and scripts do.
//
//     node officer.cjs < jobs.json
//
// jobs.json is a list of {"with": "exceljs" or "sheetjs", "open": PATH, "save": PATH, "recolour": {"sheet": NAME,
// "cell": "J14", "colour": "00B050"} or null}. ExcelJS recolours by setting the cell's fill, and with it the fill of
// every cell that shares its style. One JSON line is printed for each job: {"save": PATH, "error": null or why not}.
"use strict";
const fs = require("node:fs");
const ExcelJS = require("exceljs");
const SheetJS = require("xlsx");

async function withExcelJS(job) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(job.open);
  if (job.recolour) {
    const cell = book.getWorksheet(job.recolour.sheet).getCell(job.recolour.cell);
    cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FF" + job.recolour.colour } };
  }
  await book.xlsx.writeFile(job.save);
}

async function withSheetJS(job) {
  SheetJS.writeFile(SheetJS.readFile(job.open), job.save, { bookType: "xlsx" });
}

async function main() {
  const ways = { exceljs: withExcelJS, sheetjs: withSheetJS };
  for (const job of JSON.parse(fs.readFileSync(0, "utf8"))) {
    let error = null;
    try {
      await ways[job.with](job);
    } catch (raised) {
      error = String(raised.message || raised).split("\n")[0];
    }
    console.log(JSON.stringify({ save: job.save, error }));
  }
}

main();
