package io.gnomon.importing;

/**
 * How an import ended.
 *
 * @param finished false when the listener stopped it
 * @param family {@code model_type} of the model
 * @param parameters weights in it
 * @param kept files of an earlier import that were right already
 * @param written files written
 */
public record ImportOutcome(
    boolean finished, String family, long parameters, int kept, int written) {}
