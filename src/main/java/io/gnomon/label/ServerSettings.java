package io.gnomon.label;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a server is asked.
 *
 * @param secret its key
 * @param temperature of the answers; null leaves it to the server
 * @param timeout of an answer
 * @param parallel questions at a time
 * @param backoff between a failure and the next try
 * @param again how often a question is put again whose answer was none of the list
 */
public record ServerSettings(
    Secret secret,
    @Nullable Double temperature,
    Duration timeout,
    int parallel,
    Backoff backoff,
    int again) {}
