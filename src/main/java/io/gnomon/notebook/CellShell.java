package io.gnomon.notebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/** A JShell of this process that takes a cell at a time. */
final class CellShell implements AutoCloseable {
  private final KeepingControl control;
  private final JShell shell;

  /** Snippets of the cell that is run, by id, with the line that each begins on. */
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  private CellShell() {
    this.control = new KeepingControl(); // sets the thread's class loader to its own
    this.shell = JShell.builder().executionEngine(new Engine(control), Map.of()).build();
  }

  /** A fresh one, which knows the classes that this process does and nothing else. */
  static CellShell open() {
    return new CellShell();
  }

  /** The control that is there, as JShell wants it. */
  private record Engine(KeepingControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "gnomon";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }

  /**
   * Runs a cell.
   *
   * @return the value of its last expression, unless that ends in a semicolon or is null
   * @throws CellFailure when a snippet does not compile or throws; those before it have been run
   */
  Optional<Object> run(String cell) throws CellFailure {
    lines.clear();
    Object value = null;
    int at = 0;
    while (true) {
      at += blanks(cell, at);
      CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(cell.substring(at));
      if (info.completeness() == Completeness.EMPTY) {
        break;
      }
      int line = line(cell, at);
      if (info.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
        throw new CellFailure(line, "the code from here on never ends", null);
      }
      int end = cell.length() - info.remaining().length();
      Object given = snippet(info.source(), line);
      value = cell.substring(at, end).stripTrailing().endsWith(";") ? null : given;
      at = end;
    }
    requireResolved();
    return Optional.ofNullable(value);
  }

  private static int blanks(String cell, int at) {
    int end = at;
    while (end < cell.length() && Character.isWhitespace(cell.charAt(end))) {
      end++;
    }
    return end - at;
  }

  /** The line of the cell, from 1, that a character stands on. */
  private static int line(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(it -> it == '\n').count();
  }

  private @Nullable Object snippet(String source, int line) throws CellFailure {
    Object value = null;
    for (SnippetEvent event : shell.eval(source)) {
      Snippet snippet = event.snippet();
      if (event.causeSnippet() != null) {
        continue; // an older one that this one changes
      }
      lines.put(snippet.id(), line);
      if (event.status() == Snippet.Status.REJECTED) {
        throw rejected(snippet, source, line);
      }
      if (event.exception() != null) {
        throw thrown(event.exception(), line);
      }
      value = isShown(snippet) ? control.value() : null;
    }
    return value;
  }

  /** Expressions are shown; declarations and assignments speak for themselves. */
  private static boolean isShown(Snippet snippet) {
    return switch (snippet.subKind()) {
      case TEMP_VAR_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }

  private CellFailure rejected(Snippet snippet, String source, int line) {
    Optional<Diag> first = shell.diagnostics(snippet).filter(Diag::isError).findFirst();
    int place =
        first.map(it -> (int) Math.max(0, Math.min(it.getPosition(), source.length()))).orElse(0);
    String message = first.map(CellShell::words).orElse("cannot be compiled");
    return new CellFailure(line + line(source, place) - 1, message, null);
  }

  /** Without the compiler's line on the class, which has no name here. */
  private static String words(Diag problem) {
    return problem
        .getMessage(Locale.ROOT)
        .lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("location:"))
        .collect(Collectors.joining(", "));
  }

  private CellFailure thrown(JShellException exception, int line) {
    Throwable cause = control.thrown();
    if (!(exception instanceof EvalException) || cause == null) {
      // A declaration that waits for another was used.
      return new CellFailure(line, exception.getMessage(), exception);
    }
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return new CellFailure(
        place(exception, line), message == null ? name : name + ": " + message, cause);
  }

  /**
   * The innermost line of this cell in a stack, where JShell writes a snippet's id for its file.
   */
  private int place(JShellException exception, int line) {
    for (StackTraceElement frame : exception.getStackTrace()) {
      String file = frame.getFileName();
      Integer begins = file == null || !file.startsWith("#") ? null : lines.get(file.substring(1));
      if (begins != null && frame.getLineNumber() > 0) {
        return begins + frame.getLineNumber() - 1;
      }
    }
    return line;
  }

  /** Declarations may wait for one further down, but not beyond their cell. */
  private void requireResolved() throws CellFailure {
    List<Snippet> all = new ArrayList<>(shell.snippets().toList());
    for (Snippet snippet : all) {
      Integer line = lines.get(snippet.id());
      Snippet.Status status = shell.status(snippet);
      boolean waits =
          status == Snippet.Status.RECOVERABLE_DEFINED
              || status == Snippet.Status.RECOVERABLE_NOT_DEFINED;
      if (line != null && waits && snippet instanceof DeclarationSnippet declaration) {
        String missing =
            shell.unresolvedDependencies(declaration).collect(Collectors.joining(", "));
        throw new CellFailure(line, "cannot find " + missing, null);
      }
    }
  }

  @Override
  public void close() {
    shell.close();
    Thread.currentThread().setContextClassLoader(before);
  }
}
