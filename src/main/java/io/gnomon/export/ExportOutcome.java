package io.gnomon.export;

import java.nio.file.Path;

/**
 * What an export came to.
 *
 * @param folder where it is
 * @param modelBytes of the model's files
 * @param bytes of all files
 * @param report what the gate saw
 */
public record ExportOutcome(Path folder, long modelBytes, long bytes, GateReport report) {}
