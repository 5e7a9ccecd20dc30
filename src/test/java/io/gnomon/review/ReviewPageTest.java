package io.gnomon.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gnomon.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, by keyboard alone. */
@Timeout(180)
class ReviewPageTest {
  private static final String CHOSEN =
      "[...document.querySelectorAll('#labels [aria-pressed=true] span')].map(s => s.textContent)";

  @TempDir Path root;

  private static String text(Browser browser, String id) throws InterruptedException {
    return browser.value("document.getElementById('" + id + "').textContent");
  }

  private static void awaitText(Browser browser, String id, String part)
      throws InterruptedException {
    browser.await("document.getElementById('" + id + "')?.textContent.includes('" + part + "')");
  }

  private Browser open(ReviewServer server) throws IOException, InterruptedException {
    Path profile = Files.createDirectories(root.resolve("profile"));
    return Browser.open(Browser.program().orElseThrow(), profile, server.address() + "/");
  }

  private static void requireBrowser() {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "skipped: this machine has no Chromium");
  }

  @Test
  void severalLabelsAreMendedByKeyboard() throws IOException, InterruptedException {
    requireBrowser();
    Reviewed set = new Reviewed(root);
    try (ReviewServer server = set.start(true);
        Browser browser = open(server)) {
      browser.show(1000, 800, false);
      awaitText(browser, "text", "a storm hits");
      showsWhy(browser);
      mends(browser, set);
      takesBack(browser, set);
      movesAndFilters(browser);
      isAccessible(browser);
      fitsAPhone(browser);
      assertEquals("0", foreignResources(browser, server.address()));
    }
  }

  private static void showsWhy(Browser browser) throws InterruptedException {
    assertTrue(text(browser, "reasons").contains("the other labeller says money"));
    assertTrue(text(browser, "reasons").contains("weather with probability 0.40"));
    assertEquals("openai:m: weather · the other labeller: money", text(browser, "answers"));
    assertEquals("weather", browser.value(CHOSEN));
    assertEquals("Row 3 · 1 of 3 shown", text(browser, "where"));
  }

  private static void mends(Browser browser, Reviewed set)
      throws IOException, InterruptedException {
    browser.pressKey("2"); // money, beside weather
    browser.pressEnter();
    awaitText(browser, "text", "rates go up");
    awaitText(browser, "said", "Saved: money, weather.");
    assertTrue(set.gold().get(0).contains("\"labels\":[\"money\",\"weather\"],\"by\":\"person\""));
    browser.pressKey("2"); // money off again: nothing is left
    browser.pressEnter();
    awaitText(browser, "said", "Choose a label first.");
    assertEquals(1, set.gold().size());
    browser.pressKey("1"); // health
    browser.pressEnter();
    awaitText(browser, "text", "rain all day");
    browser.pressEnter(); // as it is
    awaitText(browser, "said", "All rows shown here are decided.");
    assertEquals(3, set.gold().size());
    assertTrue(text(browser, "progress").startsWith("3 of 3 decided, 2 mended · saved to "));
  }

  private static void takesBack(Browser browser, Reviewed set)
      throws IOException, InterruptedException {
    browser.pressKey("u");
    awaitText(browser, "said", "Taken back.");
    browser.pressKey("u");
    awaitText(browser, "progress", "1 of 3 decided");
    awaitText(browser, "text", "rates go up");
    assertEquals("money", browser.value(CHOSEN));
    assertEquals(1, set.gold().size());
  }

  private static void movesAndFilters(Browser browser) throws InterruptedException {
    browser.pressKey("ArrowLeft");
    awaitText(browser, "where", "Row 3, decided · 1 of 3 shown");
    assertEquals("money,weather", browser.value(CHOSEN));
    browser.pressKey("ArrowRight");
    awaitText(browser, "where", "2 of 3 shown");
    browser.value(
        "find('filter').value = 'decided', find('filter').dispatchEvent(new Event('change'))");
    awaitText(browser, "where", "Row 3, decided · 1 of 1 shown");
  }

  private static void isAccessible(Browser browser) throws InterruptedException {
    assertEquals(
        "0",
        browser.value(
            "[...document.querySelectorAll('button, select')].filter(c => !(c.textContent.trim()"
                + " || c.getAttribute('aria-label'))).length"));
    assertEquals("text", browser.value("document.activeElement.id"));
    assertEquals("status", browser.value("find('said').getAttribute('role')"));
    assertEquals("en", browser.value("document.documentElement.lang"));
  }

  private static void fitsAPhone(Browser browser) throws InterruptedException {
    browser.show(360, 720, true);
    assertEquals(
        "true",
        browser.value(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    assertEquals(
        "true",
        browser.value(
            "[...document.querySelectorAll('button')].every(b => b.offsetHeight >= 44 && b.offsetWidth >= 44)"));
  }

  private static String foreignResources(Browser browser, String address)
      throws InterruptedException {
    return browser.value(
        "performance.getEntriesByType('resource').filter(r => !r.name.startsWith('"
            + address
            + "')).length");
  }

  @Test
  void oneLabelIsChosenNotAdded() throws IOException, InterruptedException {
    requireBrowser();
    Reviewed set = new Reviewed(root);
    try (ReviewServer server = set.start(false);
        Browser browser = open(server)) {
      awaitText(browser, "text", "a storm hits");
      assertEquals("Label (one):", text(browser, "question"));
      browser.pressKey("1");
      browser.pressEnter();
      awaitText(browser, "said", "Saved: money.");
      assertEquals(
          List.of(
              "{\"row\":7,\"text\":\"a storm hits the markets\",\"id\":\"z\",\"labels\":[\"money\"],\"by\":\"person\"}"),
          set.gold());
    }
  }

  @Test
  void saysWhenTheServerIsGone() throws IOException, InterruptedException {
    requireBrowser();
    Reviewed set = new Reviewed(root);
    ReviewServer server = set.start(true);
    try (Browser browser = open(server)) {
      awaitText(browser, "text", "a storm hits");
      server.close();
      browser.pressEnter();
      awaitText(browser, "said", "Not saved: the server does not answer.");
      assertEquals("wrong", browser.value("document.getElementById('said').className"));
      awaitText(browser, "text", "a storm hits");
    }
  }
}
