/**
 * An exported student behind HTTP: {@code POST /tag}, {@code /health}, {@code /metrics} and a page
 * to try it. {@link io.gnomon.serve.http.TagServer} is the way in.
 *
 * <p>Needs Javalin beside what {@code serve} needs, and no other package does. May import {@code
 * serve} and what that may.
 */
@NullMarked
package io.gnomon.serve.http;

import org.jspecify.annotations.NullMarked;
