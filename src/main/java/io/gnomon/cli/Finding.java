package io.gnomon.cli;

/**
 * A choice and its reason.
 *
 * @param value what is used
 * @param why what led there
 */
record Finding(String value, String why) {}
