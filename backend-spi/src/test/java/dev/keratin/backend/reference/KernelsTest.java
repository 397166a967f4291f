package dev.keratin.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.ir.Op;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KernelsTest {
    @Test
    void table_everyOp_hasAKernel() {
        Class<?>[] ops = Op.class.getPermittedSubclasses();
        assertThat(Set.<Class<?>>copyOf(Kernels.ops())).isEqualTo(Set.of(ops));
    }
}
