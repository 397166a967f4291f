package dev.keratin.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

final class KnownFailuresTest {
    private final KnownFailures known = KnownFailures.of("listed", getClass().getClassLoader());

    private static void fail() {
        throw new AssertionError("1 of 3 elements");
    }

    private static void pass() {}

    @Test
    void names_inTheFile_areReadWithoutReasons() {
        assertThat(known.names()).containsExactlyInAnyOrder("fails", "passes");
        assertThat(KnownFailures.of("nobody", getClass().getClassLoader()).names()).isEmpty();
    }

    @Test
    void run_listedAndFails_isAborted() {
        assertThatThrownBy(() -> known.run(new Check("fails", KnownFailuresTest::fail)))
                .isInstanceOf(TestAbortedException.class).hasMessageContaining("known failure: 1 of 3 elements");
    }

    @Test
    void run_listedAndPasses_fails() {
        assertThatThrownBy(() -> known.run(new Check("passes", KnownFailuresTest::pass)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("\"passes\" passes. Remove it from known-failures/listed.txt.");
    }

    @Test
    void run_notListed_isJustRun() {
        assertThatCode(() -> known.run(new Check("other", KnownFailuresTest::pass))).doesNotThrowAnyException();
        assertThatThrownBy(() -> known.run(new Check("other", KnownFailuresTest::fail))).hasMessage("1 of 3 elements");
    }
}
