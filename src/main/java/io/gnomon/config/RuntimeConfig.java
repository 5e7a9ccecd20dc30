package io.gnomon.config;

/** Where and with how many threads a run computes. */
public record RuntimeConfig(
    @Key(value = "auto, cpu or cuda:N", byDefault = "auto") String device,
    @Key(
            value = "threads of libtorch; 0 leaves the choice to it",
            byDefault = "0",
            min = 0,
            max = 4096)
        int threads) {}
