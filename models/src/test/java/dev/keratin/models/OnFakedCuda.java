package dev.keratin.models;

import dev.keratin.backend.cuda.FakeCuda;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A test of the backend {@code cuda} with a device that is faked on the CPU; left out with {@code -Dkeratin.backend=cuda}. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@DisabledIfSystemProperty(named = "keratin.backend", matches = "cuda", disabledReason = "there is a device")
public abstract class OnFakedCuda extends OnBackends {
    @BeforeAll
    static void fake() {
        FakeCuda.install();
    }

    @AfterAll
    static void removeFake() {
        FakeCuda.remove();
    }
}
