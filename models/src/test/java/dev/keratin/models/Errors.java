package dev.keratin.models;

import static org.assertj.core.api.Assertions.assertThat;

/** What every message owes to the user. */
public final class Errors {
    private Errors() {}

    /** Who requires what, what was received instead, and a way out. */
    public static void hasThreeParts(Throwable error) {
        assertThat(error).hasMessageMatching("(?s).+?: .+ Received: .+[.)?] [A-Z].+[.?]");
        assertThat(error.getMessage()).hasSizeLessThan(1000).doesNotContain("Exception");
    }
}
