package io.gnomon.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gnomon.Browser;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.TaskConfig;
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

  /** Labels in another case are chosen as given; of two where the task allows one, none is. */
  @Test
  void labelsOfATaskArePreselected() throws IOException, InterruptedException {
    requireBrowser();
    Reviewed set = new Reviewed(root);
    TaskConfig task = ConfigLoader.part("tasks/imdb", "task", TaskConfig.class, List.of()).config();
    try (ReviewServer server =
            set.start(
                task,
                "{\"text\":\"a fine film\",\"labels\":[\"POSITIVE\"],\"probabilities\":[0.75]}",
                "{\"text\":\"a dull one\",\"labels\":[\"positive\",\"Negative\"]}");
        Browser browser = open(server)) {
      awaitText(browser, "text", "a dull one");
      assertEquals("2 labels, the task allows one", text(browser, "reasons"));
      assertEquals("Label (one):", text(browser, "question"));
      assertEquals("", browser.value(CHOSEN));
      browser.pressEnter();
      awaitText(browser, "said", "Choose a label first.");
      browser.pressKey("2");
      browser.pressEnter();
      awaitText(browser, "text", "a fine film");
      assertEquals("positive", browser.value(CHOSEN));
      assertEquals("75 %", browser.value("document.querySelector('#labels small').textContent"));
      browser.pressEnter();
      awaitText(browser, "progress", "2 of 2 decided, 1 mended");
      assertTrue(set.gold().get(1).contains("\"labels\":[\"positive\"]"), set.gold().get(1));
    }
  }

  /** Keys may come faster than a decision is saved: what they were not meant for stays as it is. */
  @Test
  void aKeyIsForTheRowThatWasShown() throws IOException, InterruptedException {
    requireBrowser();
    Reviewed set = new Reviewed(root);
    try (ReviewServer server = set.start(true);
        Browser browser = open(server)) {
      awaitText(browser, "text", "a storm hits");
      browser.value(
          "window.fetch = (now => (...asked) => new Promise(later => setTimeout(later, 200))"
              + ".then(() => now(...asked)))(window.fetch)");
      browser.pressEnter();
      browser.pressEnter();
      browser.pressKey("1");
      browser.value("work.then(() => window.idle = true)");
      browser.await("window.idle === true");
      assertEquals("rates go up", text(browser, "text"));
      assertEquals("money", browser.value(CHOSEN));
      assertEquals(1, set.gold().size());
      browser.pressEnter();
      browser.pressKey("u"); // what was just decided, though the next row stands there by then
      awaitText(browser, "said", "Taken back.");
      assertEquals(1, set.gold().size());
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
