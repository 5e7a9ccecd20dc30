/**
 * Files that survive a crash: safetensors and JSON in and out, atomic replacement, the lock of a
 * run folder.
 *
 * <p>May import {@code config} (for its exception) and nothing else of this project.
 */
@NullMarked
package io.gnomon.checkpoint;

import org.jspecify.annotations.NullMarked;
