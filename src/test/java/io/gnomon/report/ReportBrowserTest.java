package io.gnomon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gnomon.Browser;
import io.gnomon.report.ReportPage.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, opened as a file. */
@Timeout(180)
class ReportBrowserTest {
  private static final String COLOURED =
      """
      (() => {
        const canvas = charts[%d].canvas;
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let found = 0;
        for (let i = 0; i < pixels.length; i += 4) {
          found += pixels[i] === %d && pixels[i + 1] === %d && pixels[i + 2] === %d && pixels[i + 3] === 255;
        }
        return found;
      })()""";

  private static final String VISIBLE =
      "[...document.querySelectorAll('#runs-table tbody tr')].filter(row => row.offsetHeight)"
          + ".map(row => row.cells[0].textContent.trim())";

  @TempDir Path root;

  @Test
  void isReadFilteredDrawnAndCompared() throws IOException, InterruptedException {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "skipped: this machine has no Chromium");
    TinyResults unused = TinyResults.write(root.resolve("results"));
    Path page = root.resolve("page.html");
    Outcome written = ReportPage.write(root.resolve("results"), page);
    assertEquals(9, written.runs());
    Path profile = Files.createDirectories(root.resolve("profile"));
    try (Browser browser = Browser.open(program.get(), profile, page.toUri().toString())) {
      browser.show(1280, 900, false);
      browser.await("document.getElementById('differences')?.children.length > 0");
      filters(browser);
      sorts(browser);
      draws(browser);
      zooms(browser);
      counts(browser);
      pairs(browser);
      compares(browser);
      isLabelled(browser);
      fitsAPhone(browser);
      assertEquals("0", browser.value("performance.getEntriesByType('resource').length"));
    }
  }

  private static void filters(Browser browser) throws InterruptedException {
    assertEquals("9 of 9 runs.", browser.value("find('count').textContent"));
    browser.value("find('words').focus()");
    browser.type("toy student.hidden=96");
    assertEquals("1 of 9 runs.", browser.value("find('count').textContent"));
    assertEquals("toy/wide", browser.value(VISIBLE));
    browser.value("find('words').select()");
    browser.type("beta1=0.9");
    assertEquals("4 of 9 runs.", browser.value("find('count').textContent"));
    browser.value("find('words').select()");
    browser.type("TEACHER");
    assertEquals("grid/labels/teacher/seed-1,grid/moods/teacher/seed-1", browser.value(VISIBLE));
    browser.value("find('words').value = ''");
    browser.value("document.querySelector('[data-experiment=toy].link').click()");
    assertEquals("4 of 9 runs.", browser.value("find('count').textContent"));
    browser.value("find('filter').reset(), filterRuns()");
  }

  private static void sorts(Browser browser) throws InterruptedException {
    String button =
        "[...document.querySelectorAll('#runs-table .sort')].find(b => b.textContent === 'α on noise')";
    browser.value(button + ".click()");
    assertEquals("ascending", browser.value(button + ".parentElement.getAttribute('aria-sort')"));
    assertTrue(browser.value(VISIBLE).startsWith("toy/seed-1,toy/seed-2,toy/seed-5,toy/wide,grid"));
    browser.value(button + ".click()");
    assertTrue(browser.value(VISIBLE).startsWith("toy/wide,toy/seed-5,toy/seed-2,toy/seed-1,grid"));
  }

  /**
   * The mean of three seeds in the first colour, its band, and the unfinished run in the second.
   */
  private static void draws(Browser browser) throws InterruptedException {
    assertEquals("5", browser.value("charts.length"));
    assertEquals("2", browser.value("charts[0].data.datasets.filter(one => one.band).length"));
    String first = browser.value(COLOURED.formatted(0, 0x00, 0x72, 0xb2));
    assertTrue(Integer.parseInt(first) > 50, first);
    String second = browser.value(COLOURED.formatted(0, 0xd5, 0x5e, 0x00));
    assertTrue(Integer.parseInt(second) > 25, second);
    browser.value("document.querySelectorAll('#legend input')[1].click()");
    assertEquals("0", browser.value(COLOURED.formatted(0, 0xd5, 0x5e, 0x00)));
    assertTrue(browser.value("find('values').textContent").contains("0.1516 ± 0.0517"));
  }

  private static void zooms(Browser browser) throws InterruptedException {
    String range =
        "[...new Set(charts.map(it => Math.round(it.scales.x.max - it.scales.x.min)))].join(' ')";
    assertEquals("600", browser.value(range));
    browser.value("charts[1].canvas.focus()");
    browser.pressKey("+");
    assertEquals("300", browser.value(range));
    browser.pressKey("-");
    assertEquals("600", browser.value(range));
    browser.pressKey("+");
    browser.pressKey("0");
    assertEquals("600", browser.value(range));
    browser.value("charts[2].canvas.scrollIntoView({block: 'center'})");
    String box = "charts[2].canvas.getBoundingClientRect()";
    int left = (int) Double.parseDouble(browser.value(box + ".left"));
    int top = (int) Double.parseDouble(browser.value(box + ".top"));
    browser.drag(left + 150, top + 80, left + 250, top + 90);
    browser.await(range + " !== '600'");
    assertTrue(Integer.parseInt(browser.value(range)) < 400, browser.value(range));
    browser.value("document.querySelector('[data-zoom=whole]').click()");
    assertEquals("600", browser.value(range));
  }

  private static void counts(Browser browser) throws InterruptedException {
    assertEquals(
        "50.0%2 50.0%2 0.0%0",
        browser.value(
            "[...document.querySelectorAll('#matrices > div:last-child tbody tr')[1].querySelectorAll('td')]"
                + ".map(cell => cell.textContent).join(' ')"));
  }

  /** The one chosen less each other, whichever of the two stands first in the file. */
  private static void pairs(Browser browser) throws InterruptedException {
    String rows =
        "[...document.querySelectorAll('#paired tbody tr')].map(row =>"
            + " [...row.cells].map(cell => cell.textContent).filter(it => it).join(' ')).join('; ')";
    assertEquals(
        "tokens +9.4 [+3.1, +15.6] 0.0300 < 0.0001 teacher;"
            + " tf-idf +12.5 [+6.3, +18.8] 0.0100 0.0200 teacher",
        browser.value(rows));
    browser.value(
        "pairedApproach.value = 'tokens', pairedApproach.dispatchEvent(new Event('change'))");
    assertEquals(
        "teacher −9.4 [−15.6, −3.1] 0.0300 < 0.0001 teacher;"
            + " tf-idf +3.1 [−6.3, +12.5] 0.4000 0.0100 not told apart",
        browser.value(rows));
    // From −15.625 to 12.5: zero at 5/9.
    assertEquals(
        "0.0% 22.2% 44.4% 55.6%",
        browser.value(
            "['low', 'value', 'high', 'zero'].map(end => document.querySelector('#paired .interval')"
                + ".style.getPropertyValue('--' + end)).join(' ')"));
  }

  private static void compares(Browser browser) throws InterruptedException {
    browser.value(
        "[...document.querySelectorAll('[data-show]')].find(b => b.textContent === 'toy/seed-1').click()");
    browser.value(
        "[...document.querySelectorAll('[data-show]')].find(b => b.textContent === 'toy/wide').click()");
    assertEquals(
        "student.hidden 96 14",
        browser.value(
            "[...document.querySelector('#differences tbody').rows].map(row =>"
                + " [...row.cells].map(cell => cell.textContent).join(' ')).join('; ')"));
  }

  /** Every field has its label, every button and curve its name. */
  private static void isLabelled(Browser browser) throws InterruptedException {
    assertEquals(
        "",
        browser.value(
            "[...document.querySelectorAll('input, select')].filter(it => !it.labels.length)"
                + ".map(it => it.id).join()"));
    assertEquals(
        "",
        browser.value(
            "[...document.querySelectorAll('button, canvas, [role=region]')].filter(it =>"
                + " !(it.ariaLabel || it.textContent.trim() || it.getAttribute('aria-labelledby')))"
                + ".map(it => it.outerHTML).join()"));
  }

  private static void fitsAPhone(Browser browser) throws InterruptedException {
    for (boolean dark : new boolean[] {false, true}) {
      browser.show(360, 740, dark);
      browser.await("innerWidth === 360");
      assertEquals("360", browser.value("document.documentElement.scrollWidth"), "dark: " + dark);
      assertEquals(
          dark ? "rgb(23, 22, 21)" : "rgb(251, 250, 247)",
          browser.value("getComputedStyle(document.body).backgroundColor"));
    }
  }
}
