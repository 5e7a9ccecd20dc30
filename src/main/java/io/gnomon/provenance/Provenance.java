package io.gnomon.provenance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * Where a figure comes from; as JSON one flat object.
 *
 * @param commit of the program's checkout; null where git cannot tell
 * @param dirty whether the checkout differs from it, results aside; null where git cannot tell
 * @param gnomon the program's version
 * @param djl its version
 * @param platform what it ran on
 */
public record Provenance(
    @Nullable String commit,
    @Nullable Boolean dirty,
    String gnomon,
    String djl,
    @JsonUnwrapped Platform platform) {}
