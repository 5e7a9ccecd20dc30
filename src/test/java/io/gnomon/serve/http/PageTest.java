package io.gnomon.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gnomon.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, by keyboard alone. */
@Timeout(120)
class PageTest {
  private static final String TAGS = "document.getElementById('tags').textContent";

  @TempDir Path root;

  @Test
  void aTextIsTaggedByKeyboardAndARefusalIsShown() throws IOException, InterruptedException {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "skipped: this machine has no Chromium");
    ServerOptions.Limits limits = new ServerOptions.Limits(5, 16, 1000);
    ServerOptions options = new ServerOptions("127.0.0.1", 0, Duration.ofMillis(1), 2, 7, limits);
    Path profile = Files.createDirectories(root.resolve("profile"));
    try (TagServer server = TagServer.start(new FakeModel(), options);
        Browser browser = Browser.open(program.get(), profile, server.address() + "/")) {
      saysWhatIsServed(browser);
      tagsWhatIsTyped(browser);
      showsWhyNot(browser);
    }
  }

  private static void saysWhatIsServed(Browser browser) throws InterruptedException {
    browser.await("document.getElementById('what')?.textContent.includes(':')");
    assertEquals(
        "lengths: any of long, dull, odd",
        browser.value("document.getElementById('what').textContent"));
    browser.await("document.activeElement.id === 'text'");
  }

  private static void tagsWhatIsTyped(Browser browser) throws InterruptedException {
    browser.type("as long as it");
    browser.pressCtrlEnter();
    browser.await("!document.getElementById('table').hidden");
    assertEquals("long, dull", browser.value(TAGS));
    assertEquals(
        "chosen: long 81.3 %",
        browser.value(
            "[...document.querySelectorAll('#rows tr')].map(row => row.className + ': '"
                + " + row.children[0].textContent + ' ' + row.children[2].textContent)"));
    assertEquals("as long as it", browser.value("document.getElementById('text').value"));
    assertEquals(
        "true",
        browser.value(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
  }

  private static void showsWhyNot(Browser browser) throws InterruptedException {
    browser.type(" was");
    browser.pressTab();
    assertEquals("BUTTON", browser.value("document.activeElement.tagName"));
    browser.pressEnter();
    browser.await("document.getElementById('tags').className === 'wrong'");
    assertEquals(
        "text: expected at most 16 characters, found 17; cut it: only its beginning is read",
        browser.value(TAGS));
    assertEquals("true", browser.value("document.getElementById('table').hidden"));
  }
}
