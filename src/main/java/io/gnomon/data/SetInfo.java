package io.gnomon.data;

/**
 * What a report says of a set beside its numbers.
 *
 * @param name name of the set, with its part or grouping where it has one
 * @param licence the terms it is had under, in a few words
 * @param source where it is had from, or the file it was read from
 */
public record SetInfo(String name, String licence, String source) {}
