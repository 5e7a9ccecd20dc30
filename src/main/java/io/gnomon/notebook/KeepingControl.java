package io.gnomon.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/** Runs snippets in this process and thread, and keeps the object that the last one gave. */
final class KeepingControl extends DirectExecutionControl {
  private @Nullable Object value;
  private @Nullable Throwable thrown;

  @Override
  protected String invoke(Method snippet) throws Exception {
    value = null;
    thrown = null;
    try {
      value = snippet.invoke(null);
      return ""; // JShell's own words for it, which nobody reads
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
      throw e;
    }
  }

  /** What the last snippet gave; null where it gave nothing. */
  @Nullable Object value() {
    return value;
  }

  /** What ended the last snippet, as it was thrown. */
  @Nullable Throwable thrown() {
    return thrown;
  }
}
