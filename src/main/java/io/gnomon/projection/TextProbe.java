package io.gnomon.projection;

import io.gnomon.student.Student;
import io.gnomon.trace.TraceRow;

/**
 * What is measured on labelled text beside the noise. Text enters the loop through this interface
 * alone, implemented above; what it adds to a row goes to the trace, and nothing of it flows back.
 */
@FunctionalInterface
public interface TextProbe {
  /** Adds α on text with its floor, agreement and accuracy of {@code student} to {@code row}. */
  void measure(Student student, TraceRow.Builder row);
}
