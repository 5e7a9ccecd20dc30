package io.gnomon;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class SharedTest {
  @Test
  void aMissingFolderSkips() {
    assertThrows(TestAbortedException.class, () -> Shared.require("no/such/folder"));
  }
}
