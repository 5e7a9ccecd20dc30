package io.gnomon.provenance;

import org.jspecify.annotations.Nullable;

/**
 * What a program computed on. Times of different platforms do not compare; figures do, but for last
 * digits.
 *
 * @param libtorch its version
 * @param cuda its version; null on a CPU
 * @param jdk version of the Java that ran
 * @param os name and architecture
 * @param processor its model, {@code unknown} outside Linux
 * @param cores logical processors of the host
 * @param device {@code cpu} or {@code cuda:N}
 * @param threads libtorch's threads for one operation
 */
public record Platform(
    String libtorch,
    @Nullable String cuda,
    String jdk,
    String os,
    String processor,
    int cores,
    String device,
    int threads) {}
