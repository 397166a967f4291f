/**
 * The conformance suite of backends. A backend passes it by extending
 * {@link dev.keratin.tck.BackendConformanceTest} and saying how it is made.
 *
 * <p>A case is a program with the values that its parameters are given; what a backend makes of it is compared with what
 * the {@code java} backend makes of it. A check is a test of behaviour: memory, threads, errors. Everything has a name,
 * from which its random numbers are seeded, so each can be repeated alone.
 *
 * <p>A backend may list names that it fails in a file {@code known-failures/<backend>.txt} on the class path, one a
 * line, with a reason behind {@code #}. A listed test that fails is counted as aborted; one that passes fails the build.
 */
@NullMarked
package dev.keratin.tck;

import org.jspecify.annotations.NullMarked;
