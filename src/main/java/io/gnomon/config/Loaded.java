package io.gnomon.config;

import java.nio.file.Path;

/**
 * A configuration and where its keys were written.
 *
 * @param config the record
 * @param locations file and line of each key
 * @param file the file that was loaded
 * @param <T> type of the record
 */
public record Loaded<T>(T config, Locations locations, Path file) {}
