package io.gnomon.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its 95% interval, where one was taken.
 *
 * @param low null without an interval
 * @param high null without an interval
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Estimate(double value, @Nullable Double low, @Nullable Double high) {}
