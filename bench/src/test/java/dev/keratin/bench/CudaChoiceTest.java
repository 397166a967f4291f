package dev.keratin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Backends;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the backends are chosen when the module of {@code cuda} is there and it can't run. */
class CudaChoiceTest {
    private static final String SWITCH = "keratin.cuda";

    @BeforeEach
    void switchOff() {
        System.setProperty(SWITCH, "off");
    }

    @AfterEach
    void switchBack() {
        System.clearProperty(SWITCH);
    }

    @Test
    void available_cudaCannotRun_leavesTheOthers() {
        assertThat(Backends.available()).contains("java").doesNotContain("cuda");
    }

    @Test
    void use_cudaCannotRun_saysWhyAndWhatCan() {
        assertThatThrownBy(() -> Backends.use("cuda")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Received: \"cuda\". Available: \"" + Backends.available().get(0) + "\"")
                .hasMessageContaining("Not usable: \"cuda\" (it is switched off by -Dkeratin.cuda=off)")
                .hasMessageContaining("Choose one with -Dkeratin.backend=" + Backends.available().get(0));
    }

    @Test
    void describe_cudaCannotRun_saysWhy() {
        assertThat(Backends.describe()).contains("cuda: not usable: it is switched off by -Dkeratin.cuda=off");
    }
}
