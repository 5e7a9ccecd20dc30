/**
 * Both bulk jobs on a Spark cluster: {@link io.gnomon.spark.tag} gives a dataset an exported
 * student's labels, {@link io.gnomon.spark.answer} asks the teacher (Eq. 9, 13) for an experiment's
 * answers. Each leaves what the command of the same name leaves on one machine.
 *
 * <p>Compiled by the Maven profile {@code spark} alone, from {@code src/spark}. May import {@code
 * serve}, {@code experiment}, {@code answer} and {@code config}.
 */
@NullMarked
package io.gnomon.spark;

import org.jspecify.annotations.NullMarked;
