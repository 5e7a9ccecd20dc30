package io.gnomon.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewswireTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "Apple #39;s iTunes is  quot;ripping off quot; us | Apple's iTunes is \"ripping off\" us",
        "quot;Go quot; | \"Go\"",
        "a second\\team of rocketeers | a second team of rocketeers",
        "may\\not pay \\$24 or  #36;10 | may not pay $24 or $10",
        "Dell Inc. &lt;DELL.O&gt;, said | Dell Inc. <DELL.O>, said",
        "Co.&lt;A HREF=\"x?t=M\"&gt;MRK&lt;/A&gt; fell | Co. MRK fell",
        "one #151;two &lt;br /&gt;three | one—two three",
        "AT amp;T and  amp;quot;x amp;quot; | AT&T and \"x\"",
        "next season; this #hash; stays | next season; this #hash; stays"
      })
  void marksBecomeWhatTheyStoodFor(String raw, String clean) {
    assertEquals(clean, NewswireText.clean(raw));
  }
}
